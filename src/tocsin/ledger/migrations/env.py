"""What Alembic runs: the migrations, on the connection and in the transaction that the ledger has opened."""

from alembic import context

from tocsin.ledger.watched import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
