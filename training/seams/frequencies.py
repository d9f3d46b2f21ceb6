"""Writes how many of the training paragraphs hold each word: the weights of words in the search for seams.

Words are folded and cut as `crates/chancery-pages/src/recognise/seams/words.rs` does it.
"""
import collections, re
from corpora import stories

OUT = "../../crates/chancery-lexicon/data/paragraph-words.tsv"
KEEP = 8000


def stem(word):
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for end in ("ing", "ed"):
        if len(word) > len(end) + 4 and word.endswith(end):
            return word[:-len(end)]
    return word


def words(text):
    for word in re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text.lower().replace("’", "'")):
        yield stem(word[:-2] if word.endswith("'s") else word)


if __name__ == "__main__":
    count, total = collections.Counter(), 0
    for _, _, parts in stories():
        for part in parts:
            total += 1
            count.update(set(words(part)))
    rows = sorted(count.items(), key=lambda c: (-c[1], c[0]))[:KEEP]
    with open(OUT, "w", encoding="utf8") as f:
        f.write("# In how many of the paragraphs below each word stands. Counted by training/seams/frequencies.py over MEANTIME\n"
                "# (Wikinews, CC BY 4.0), ECB+ (CC BY 3.0), GUM (CC BY 4.0) and the weblogs of UD EWT (CC BY-SA 4.0). First row: all paragraphs.\n")
        f.write(f"*\t{total}\n")
        f.writelines(f"{w}\t{n}\n" for w, n in rows if n > 1)
