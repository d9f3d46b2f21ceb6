-- Format 1.

-- Ground: what came from outside. Nothing here is ever changed or removed.

CREATE TABLE pages (
  n       INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE CHECK (length(id) = 32),  -- SHA-256 of the bytes
  media   TEXT NOT NULL,                                 -- media type, recognised by content
  length  INTEGER NOT NULL,                              -- of the bytes
  packed  BLOB NOT NULL                                  -- the bytes, raw deflate
) STRICT;

-- Where and when a page was seen, and what was said of it there.
CREATE TABLE sightings (
  n          INTEGER PRIMARY KEY,
  page       INTEGER NOT NULL REFERENCES pages (n),
  origin     TEXT NOT NULL,     -- the input as it was named
  address    TEXT,              -- what is the same for all versions of a page: its URL, or its place on this machine
  url        TEXT,
  charset    TEXT,              -- as the transport named it
  outlet     TEXT,
  published  TEXT,              -- ISO 8601
  captured   TEXT,              -- ISO 8601
  whole      INTEGER NOT NULL,  -- 1: to be taken as one article
  read_at    TEXT NOT NULL      -- ISO 8601, UTC
) STRICT;

CREATE INDEX sightings_by_page ON sightings (page);
CREATE INDEX sightings_by_address ON sightings (address, page);

CREATE TRIGGER pages_are_kept BEFORE DELETE ON pages BEGIN SELECT RAISE(ABORT, 'pages of a record are kept for ever'); END;
CREATE TRIGGER pages_stay BEFORE UPDATE ON pages BEGIN SELECT RAISE(ABORT, 'pages of a record are never changed'); END;
CREATE TRIGGER sightings_are_kept BEFORE DELETE ON sightings BEGIN SELECT RAISE(ABORT, 'sightings of a record are kept for ever'); END;
CREATE TRIGGER sightings_stay BEFORE UPDATE ON sightings BEGIN SELECT RAISE(ABORT, 'sightings of a record are never changed'); END;

-- The versions of a page, oldest first: pages seen at the same address.
CREATE VIEW versions AS
SELECT address, page, seen,
       row_number() OVER (PARTITION BY address ORDER BY seen, page) AS version,
       count(*) OVER (PARTITION BY address) AS versions
FROM (SELECT address, page, min(ifnull(captured, read_at)) AS seen
      FROM sightings WHERE address IS NOT NULL GROUP BY address, page);

-- Derived: what was read on the pages. Dropped and built again when the reader changes.

-- Which reader read a page, and as which sighting described it.
CREATE TABLE readings (
  page      INTEGER PRIMARY KEY REFERENCES pages (n),
  sighting  INTEGER NOT NULL REFERENCES sightings (n),
  reader    TEXT NOT NULL
) STRICT;

-- Words and where they stand on the page.
CREATE TABLE cites (
  n           INTEGER PRIMARY KEY,
  page        INTEGER NOT NULL REFERENCES pages (n),
  words       TEXT NOT NULL,
  page_start  INTEGER,  -- bytes of the page, from the first to the last; null for words without a place
  page_end    INTEGER,
  pieces      BLOB,     -- the ranges between, where the words are interrupted
  text_start  INTEGER,  -- bytes of the article's text, for words inside it
  text_end    INTEGER
) STRICT;

CREATE INDEX cites_by_page ON cites (page);

CREATE TABLE articles (
  n               INTEGER PRIMARY KEY,
  id              TEXT NOT NULL,
  page            INTEGER NOT NULL REFERENCES pages (n),
  place           INTEGER NOT NULL,  -- 0 for the first article of its page
  title           TEXT,              -- the words of title_cite, for search
  text            TEXT NOT NULL,     -- head, body and tail
  map             BLOB NOT NULL,     -- where every byte of the text stands on the page
  body_start      INTEGER NOT NULL,  -- bytes of the text
  body_end        INTEGER NOT NULL,
  words           INTEGER NOT NULL,  -- of the body
  title_cite      INTEGER REFERENCES cites (n),
  dateline_start  INTEGER,           -- bytes of the text
  dateline_end    INTEGER,
  published       TEXT,              -- ISO 8601
  basis           TEXT,              -- what the date rests on
  unresolved      TEXT,              -- why there is no date
  published_cite  INTEGER REFERENCES cites (n),
  agency          TEXT,
  outlet          TEXT,
  language        TEXT NOT NULL,
  url             TEXT               -- of the story itself, where the page gives one beside its own
) STRICT;

CREATE INDEX articles_by_id ON articles (id);
CREATE INDEX articles_by_page ON articles (page, place);

CREATE TABLE blocks (
  article  INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
  place    INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  start    INTEGER NOT NULL,  -- bytes of the article's text
  end      INTEGER NOT NULL,
  PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;

-- Names in order: of authors ('byline') and of the places of a dateline ('dateline').
CREATE TABLE names (
  article  INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
  role     TEXT NOT NULL,
  place    INTEGER NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (article, role, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE furniture (
  n       INTEGER PRIMARY KEY,
  id      TEXT NOT NULL,
  page    INTEGER NOT NULL REFERENCES pages (n),
  place   INTEGER NOT NULL,
  cite    INTEGER NOT NULL REFERENCES cites (n),
  reason  TEXT NOT NULL
) STRICT;

CREATE INDEX furniture_by_id ON furniture (id);
CREATE INDEX furniture_by_page ON furniture (page, place);

CREATE TABLE notes (
  n           INTEGER PRIMARY KEY,
  page        INTEGER NOT NULL REFERENCES pages (n),
  code        TEXT NOT NULL,
  message     TEXT NOT NULL,
  hint        TEXT,
  page_start  INTEGER,
  page_end    INTEGER
) STRICT;

CREATE INDEX notes_by_page ON notes (page);

-- Full-text search over articles; the words themselves stay in `articles`.
CREATE VIRTUAL TABLE article_text USING fts5(
  title, text, content = 'articles', content_rowid = 'n', tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER articles_enter_search AFTER INSERT ON articles BEGIN
  INSERT INTO article_text (rowid, title, text) VALUES (new.n, new.title, new.text);
END;

CREATE TRIGGER articles_leave_search AFTER DELETE ON articles BEGIN
  INSERT INTO article_text (article_text, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;
