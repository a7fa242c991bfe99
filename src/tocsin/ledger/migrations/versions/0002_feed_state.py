"""Feeds keep all that a follower knows of them, so that a restart takes up where it stopped."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the follower's own state."""
    op.add_column("feeds", sa.Column("state", sa.Text(), nullable=True))
