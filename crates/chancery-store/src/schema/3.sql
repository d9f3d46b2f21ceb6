-- Format 3: what people rule on the record. Ground: append-only, like the pages.

CREATE TABLE rulings (
  n        INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,     -- speaker, same, apart, not-event, issue, not-dispute
  about    TEXT NOT NULL,     -- the id of a line, or a name
  instead  TEXT,              -- a name, an issue
  ruled_by TEXT NOT NULL,
  at       TEXT NOT NULL,     -- UTC
  why      TEXT NOT NULL
) STRICT;

-- A ruling is never taken away; it is undone by a row here, which says who did it.
CREATE TABLE undone_rulings (
  ruling   TEXT PRIMARY KEY REFERENCES rulings (id),
  undone_by TEXT NOT NULL,
  at       TEXT NOT NULL
) STRICT;

CREATE TRIGGER rulings_stay BEFORE DELETE ON rulings BEGIN SELECT raise(ABORT, 'rulings are kept for ever'); END;
CREATE TRIGGER rulings_do_not_change BEFORE UPDATE ON rulings BEGIN SELECT raise(ABORT, 'rulings are kept as they are'); END;
