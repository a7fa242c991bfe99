CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE documents (
    "key" INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    version INTEGER NOT NULL,
    previous INTEGER,
    publisher TEXT,
    agency TEXT,
    title TEXT,
    byline TEXT,
    dateline TEXT,
    published TEXT,
    language TEXT,
    body INTEGER NOT NULL,
    notes BLOB NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY(previous) REFERENCES documents ("key"),
    UNIQUE (id),
    CONSTRAINT one_version_of_each_number UNIQUE (url, version)
);

CREATE TABLE readers (
    digest TEXT NOT NULL,
    lexicon TEXT NOT NULL,
    model TEXT NOT NULL,
    parser TEXT NOT NULL,
    tocsin TEXT NOT NULL,
    PRIMARY KEY (digest)
);

CREATE TABLE readings (
    "key" INTEGER NOT NULL,
    document INTEGER NOT NULL,
    reader TEXT NOT NULL,
    claims INTEGER NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY(document) REFERENCES documents ("key"),
    FOREIGN KEY(reader) REFERENCES readers (digest),
    CONSTRAINT one_reading_by_each_reader UNIQUE (document, reader)
);

CREATE TABLE supersessions (
    reading INTEGER NOT NULL,
    "by" INTEGER NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (reading),
    FOREIGN KEY("by") REFERENCES readings ("key"),
    FOREIGN KEY(reading) REFERENCES readings ("key")
);

CREATE TABLE claims (
    "key" INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    trigger_text TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    begins TEXT,
    ends TEXT,
    lasting SMALLINT,
    confidence FLOAT,
    made_by TEXT,
    publisher TEXT,
    agency TEXT,
    PRIMARY KEY ("key"),
    FOREIGN KEY(document) REFERENCES documents ("key"),
    FOREIGN KEY(reading) REFERENCES readings ("key"),
    UNIQUE (id)
);

CREATE INDEX claims_by_agency ON claims (agency, "key");

CREATE INDEX claims_by_beginning ON claims (begins, "key", ends);

CREATE INDEX claims_by_confidence ON claims (confidence, "key");

CREATE INDEX claims_by_time ON claims (lasting, begins, ends, "key");

CREATE INDEX claims_by_mode ON claims (mode, "key");

CREATE INDEX claims_by_publisher ON claims (publisher, "key");

CREATE INDEX claims_by_status ON claims (status, "key");

CREATE INDEX claims_by_type ON claims (type, "key");

CREATE TABLE records (
    claim INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (claim),
    FOREIGN KEY(claim) REFERENCES claims ("key")
);

CREATE TABLE participants (
    claim INTEGER NOT NULL,
    role TEXT NOT NULL,
    ordinal SMALLINT NOT NULL,
    level SMALLINT,
    name TEXT,
    country TEXT,
    sector TEXT,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    antecedent_text TEXT,
    antecedent_start INTEGER,
    antecedent_end INTEGER,
    manner TEXT,
    cue_text TEXT,
    cue_start INTEGER,
    cue_end INTEGER,
    said_on TEXT,
    PRIMARY KEY (claim, role, ordinal),
    FOREIGN KEY(claim) REFERENCES claims ("key")
)
 WITHOUT ROWID;

CREATE INDEX participants_by_country ON participants (role, country, claim);

CREATE INDEX participants_by_sector ON participants (role, sector, claim);

CREATE TABLE figures (
    claim INTEGER NOT NULL,
    ordinal SMALLINT NOT NULL,
    what TEXT NOT NULL,
    low FLOAT,
    high FLOAT,
    qualifier TEXT NOT NULL,
    unit TEXT,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (claim, ordinal),
    FOREIGN KEY(claim) REFERENCES claims ("key")
)
 WITHOUT ROWID;

CREATE INDEX figures_by_high ON figures (what, high, claim);

CREATE INDEX figures_by_low ON figures (what, low, claim);

CREATE TABLE places (
    claim INTEGER NOT NULL,
    ordinal SMALLINT NOT NULL,
    role TEXT NOT NULL,
    name TEXT,
    country TEXT,
    country_name TEXT,
    admin1 TEXT,
    geonameid BIGINT,
    lat FLOAT,
    lon FLOAT,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (claim, ordinal),
    FOREIGN KEY(claim) REFERENCES claims ("key")
)
 WITHOUT ROWID;

CREATE INDEX places_by_country ON places (country, claim);

CREATE INDEX places_by_position ON places (lat, lon, claim);

CREATE TABLE quarantine (
    id TEXT NOT NULL,
    origin TEXT NOT NULL,
    digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw BLOB,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    resolved TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX quarantine_by_time ON quarantine (resolved, last_seen);

CREATE TABLE feeds (
    url TEXT NOT NULL,
    title TEXT,
    etag TEXT,
    last_modified TEXT,
    checked_at TEXT,
    next_at TEXT,
    failures INTEGER DEFAULT '0' NOT NULL,
    fault TEXT, state TEXT,
    PRIMARY KEY (url)
);

CREATE INDEX feeds_by_next ON feeds (next_at);

CREATE TABLE runs (
    id TEXT NOT NULL,
    what TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT,
    counts BLOB,
    PRIMARY KEY (id)
);

CREATE TABLE unlinked (
    document INTEGER NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents ("key")
);

CREATE TABLE prints (
    document INTEGER NOT NULL,
    print BLOB NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents ("key")
);

CREATE TABLE bands (
    band INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (band, rank, document)
)
 WITHOUT ROWID;

CREATE TABLE family_links (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    PRIMARY KEY (a, b),
    FOREIGN KEY(a) REFERENCES documents ("key"),
    FOREIGN KEY(b) REFERENCES documents ("key")
)
 WITHOUT ROWID;

CREATE INDEX family_links_by_other ON family_links (b);

CREATE TABLE families (
    document INTEGER NOT NULL,
    family INTEGER NOT NULL,
    agency TEXT,
    link BLOB,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents ("key"),
    FOREIGN KEY(family) REFERENCES documents ("key")
);

CREATE INDEX families_by_family ON families (family, document);

CREATE TABLE events (
    claim INTEGER NOT NULL,
    event BLOB NOT NULL,
    PRIMARY KEY (claim),
    FOREIGN KEY(claim) REFERENCES claims ("key")
);

CREATE TABLE blocks (
    block INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    PRIMARY KEY (block, rank, claim)
)
 WITHOUT ROWID;

CREATE TABLE situation_links (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    score FLOAT NOT NULL,
    parts BLOB NOT NULL,
    PRIMARY KEY (a, b),
    FOREIGN KEY(a) REFERENCES claims ("key"),
    FOREIGN KEY(b) REFERENCES claims ("key")
)
 WITHOUT ROWID;

CREATE INDEX situation_links_by_other ON situation_links (b);

CREATE TABLE situations (
    "key" INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    status TEXT NOT NULL,
    begins TEXT,
    ends TEXT,
    place TEXT,
    country TEXT,
    lat FLOAT,
    lon FLOAT,
    claims INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    families INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY("key") REFERENCES claims ("key"),
    FOREIGN KEY(latest) REFERENCES claims ("key")
);

CREATE INDEX situations_by_latest ON situations (latest);

CREATE INDEX situations_by_families ON situations (families, latest);

CREATE INDEX situations_by_beginning ON situations (begins, latest);

CREATE TABLE situation_claims (
    claim INTEGER NOT NULL,
    situation INTEGER NOT NULL,
    PRIMARY KEY (claim),
    FOREIGN KEY(claim) REFERENCES claims ("key"),
    FOREIGN KEY(situation) REFERENCES situations ("key")
);

CREATE INDEX situation_claims_by_situation ON situation_claims (situation, claim);

CREATE TABLE arrivals (
    number INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(document) REFERENCES documents ("key")
);

CREATE UNIQUE INDEX arrivals_by_document ON arrivals (document);

CREATE TABLE watches (
    indicator TEXT NOT NULL,
    arrival INTEGER NOT NULL,
    definition TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (indicator)
);

CREATE TABLE alerts (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    indicator TEXT NOT NULL,
    pack TEXT NOT NULL,
    level TEXT NOT NULL,
    rank SMALLINT NOT NULL,
    about TEXT NOT NULL,
    day TEXT NOT NULL,
    raised TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
);

CREATE INDEX alerts_by_indicator ON alerts (indicator, day);

CREATE INDEX alerts_by_pack ON alerts (pack, number);

CREATE INDEX alerts_by_level ON alerts (level, number);

CREATE INDEX alerts_by_time ON alerts (raised, number);

CREATE TABLE alert_claims (
    claim TEXT NOT NULL,
    alert INTEGER NOT NULL,
    PRIMARY KEY (claim, alert),
    FOREIGN KEY(alert) REFERENCES alerts (number)
)
 WITHOUT ROWID;

CREATE TABLE deliveries (
    channel TEXT NOT NULL,
    alert INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at FLOAT NOT NULL,
    fault TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (channel, alert),
    FOREIGN KEY(alert) REFERENCES alerts (number)
);

CREATE INDEX deliveries_by_state ON deliveries (state, channel, next_at);

CREATE VIRTUAL TABLE claim_words USING fts5(evidence, actors, recipients, sources, places, content = '', tokenize = 'unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE document_words USING fts5(words, content = '', tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO alembic_version (version_num) VALUES ('0005')
