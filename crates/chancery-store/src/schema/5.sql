-- Format 5: the codebooks of users. Ground: append-only, like the pages.

CREATE TABLE codebooks (
  n      INTEGER PRIMARY KEY,
  id     BLOB NOT NULL UNIQUE CHECK (length(id) = 32),  -- SHA-256 of the text
  file   TEXT NOT NULL,                                 -- as it was named when it came first
  text   TEXT NOT NULL
) STRICT;

-- Which codebooks a record is read with; the newest row holds.
CREATE TABLE codebook_choices (
  n         INTEGER PRIMARY KEY,
  chosen    BLOB NOT NULL,     -- their ids in order, 32 bytes each
  built_in  INTEGER NOT NULL,  -- 1: beside those that come with the program
  at        TEXT NOT NULL      -- UTC
) STRICT;

CREATE TRIGGER codebooks_are_kept BEFORE DELETE ON codebooks BEGIN SELECT RAISE(ABORT, 'codebooks of a record are kept for ever'); END;
CREATE TRIGGER codebooks_stay BEFORE UPDATE ON codebooks BEGIN SELECT RAISE(ABORT, 'codebooks of a record are never changed'); END;
CREATE TRIGGER choices_are_kept BEFORE DELETE ON codebook_choices BEGIN SELECT RAISE(ABORT, 'choices of codebooks are kept for ever'); END;
CREATE TRIGGER choices_stay BEFORE UPDATE ON codebook_choices BEGIN SELECT RAISE(ABORT, 'choices of codebooks are never changed'); END;
