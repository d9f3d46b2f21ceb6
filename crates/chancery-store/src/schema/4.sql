-- Format 4: what all articles say together, and the ids of lines in a tenth of the room. All derived.

-- The record that all readings make up together, in parts. Whoever adds a page, a reading or a ruling drops it in the same
-- transaction, so what stands here is never out of date. The part without a name counts such changes in its length.
CREATE TABLE linked (
  part    TEXT PRIMARY KEY,
  linker  TEXT NOT NULL,     -- which version of linking made it
  lasting INTEGER NOT NULL,  -- 1: what is known of articles whatever else is there, which is not dropped
  length  INTEGER NOT NULL,  -- in bytes, before it was packed
  packed  BLOB NOT NULL      -- postcard, raw deflate
) STRICT;

-- The ids of an article's lines, and fingerprints of its words. The ids are looked through as a whole: an index took six times the room, and a look through ten thousand
-- articles takes a hundredth of a second.
CREATE TABLE line_ids (
  article  INTEGER PRIMARY KEY REFERENCES articles (n) ON DELETE CASCADE,
  ids      BLOB NOT NULL, -- for each kind: its number, the letter of its ids, how many there are (four bytes), six bytes each
  prints   BLOB NOT NULL  -- fingerprints of its words in order, four bytes each, by which copies are found
) STRICT;

-- Blocks are asked for with their article, all of them: for each its kind in one byte, where it starts and ends in four each.
ALTER TABLE articles ADD COLUMN blocks BLOB NOT NULL DEFAULT x'';
UPDATE articles SET blocks = ifnull((
  SELECT unhex(group_concat(block, '')) FROM (
    SELECT printf('%02x%08x%08x', CASE kind
        WHEN 'headline' THEN 0 WHEN 'standfirst' THEN 1 WHEN 'dateline' THEN 2 WHEN 'byline' THEN 3 WHEN 'credit' THEN 4
        WHEN 'paragraph' THEN 5 WHEN 'heading' THEN 6 WHEN 'bullet' THEN 7 WHEN 'quote' THEN 8 ELSE 9 END, start, end) AS block
    FROM blocks WHERE article = articles.n ORDER BY place)), x'');
DROP TABLE blocks;

-- Pages that were read before are read again, which fills the table.
DROP TABLE lines;
UPDATE readings SET reader = '';
