-- Format 2: what the articles say, derived like all that is read.

-- The reading of an article: mentions, times, statements, events, figures, stances.
CREATE TABLE says (
  article  INTEGER PRIMARY KEY REFERENCES articles (n) ON DELETE CASCADE,
  length   INTEGER NOT NULL,  -- in bytes, before it was packed
  packed   BLOB NOT NULL      -- postcard, raw deflate
) STRICT;

-- Where the line with an id stands.
CREATE TABLE lines (
  id       TEXT NOT NULL,
  article  INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
  kind     TEXT NOT NULL,     -- entity, time, statement, event, figure, stance
  place    INTEGER NOT NULL,  -- 0 for the first of its kind in the article
  PRIMARY KEY (id, article, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX lines_by_article ON lines (article);
