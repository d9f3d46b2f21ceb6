//! From an article's blocks to its `Doc`.
//!
//! Every block that holds words is a paragraph of its own: its first token begins a sentence, its last one ends one, and the
//! learned reader sees it alone, so that the same paragraph gives the same reading in every article. This module knows offsets
//! and limits. How a paragraph is read it leaves to the reader.

use chancery_model::{
    Article, Block, Deprel, Doc, Language, Name, NameKind, Note, NoteCode, PageSpan, Sentence, Span, Token,
    TokenRange, Upos, Xpos,
};

use crate::bounds::{Start, starts};
use crate::reader::{Passage, PassageReading, Reader, TokenReading, shift};
use crate::tokens::{MAX_TOKEN_BYTES, Piece, tokenize};

/// Words of one paragraph that are read; those beyond keep their places and stay unread.
pub const MAX_PARAGRAPH_TOKENS: usize = 20_000;

/// What reading one article gave.
#[derive(Debug, Default)]
pub struct DocReading {
    /// `None` for an article in a language that is not read.
    pub doc: Option<Doc>,
    /// What was left out or read in parts.
    pub notes: Vec<Note>,
}

/// Reads articles into `Doc`s.
#[derive(Debug)]
pub struct DocReader {
    reader: Reader,
    labels: LabelTables,
}

impl DocReader {
    /// With these weights.
    pub fn new(reader: Reader) -> Self {
        Self { labels: LabelTables::of(&reader), reader }
    }

    /// The learned reader itself.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The grammar of an article: head, body and tail. Only English is read; whoever found another language noted it.
    pub fn read(&self, article: &Article) -> DocReading {
        if article.language != Language::ENGLISH && article.language != Language::UNDETERMINED {
            return DocReading::default();
        }
        if !is_latin(&article.text) {
            return DocReading { doc: None, notes: vec![other_letters(article)] };
        }
        let paragraphs = paragraphs(&article.text, &article.blocks);
        let readings = self.read_paragraphs(&article.text, &paragraphs);
        let notes = notes(article, &paragraphs, &readings);
        DocReading { doc: Some(self.doc(&article.text, &paragraphs, &readings)), notes }
    }

    /// The grammar of lines of text, each a paragraph.
    pub fn read_lines(&self, text: &str) -> Doc {
        let paragraphs = paragraphs(text, &lines(text));
        let readings = self.read_paragraphs(text, &paragraphs);
        self.doc(text, &paragraphs, &readings)
    }

    /// What the reader says of tokens that are given: one label set a token, heads within the passage.
    pub fn tokens_of(&self, reading: &PassageReading) -> Vec<Token> {
        let pieces = vec![Piece { span: Span::new(0, 0), space_after: true }; reading.tokens.len()];
        let mut tokens = Vec::with_capacity(pieces.len());
        self.labels.push(&pieces, &reading.tokens, &mut tokens);
        tokens
    }

    /// The names among tokens that are given.
    pub fn names_of(&self, reading: &PassageReading) -> Vec<Name> {
        let mut names = Vec::new();
        self.labels.names(&reading.tokens, 0, &mut names);
        names
    }

    fn doc(&self, text: &str, paragraphs: &[Paragraph], readings: &[PassageReading]) -> Doc {
        let mut doc = self.labels.doc(paragraphs, readings);
        let (mut first, mut mentions) = (0, Vec::with_capacity(readings.len()));
        for (paragraph, reading) in paragraphs.iter().zip(readings) {
            doc.attributions.extend(reading.attributions.iter().cloned().map(|mut attribution| {
                shift(&mut attribution, first);
                attribution
            }));
            mentions.push((first, &reading.mentions));
            first += paragraph.pieces.len();
        }
        if let Some(table) = self.reader.ties() {
            doc.ties = table.ties(self.reader.isa(), text, &doc, &mentions);
        }
        doc
    }

    fn read_paragraphs(&self, text: &str, paragraphs: &[Paragraph]) -> Vec<PassageReading> {
        let words: Vec<Vec<&str>> = paragraphs.iter().map(|p| p.words(text)).collect();
        let passages: Vec<Passage> =
            words.iter().zip(paragraphs).map(|(words, p)| p.passage(words)).collect();
        self.reader.read_once(&passages)
    }
}

/// The tokens of one block.
struct Paragraph {
    block: u32,
    pieces: Vec<Piece>,
    starts: Vec<Start>,
    /// What the rules say of each token's beginning a sentence, for the reader.
    leanings: Vec<f32>,
}

impl Paragraph {
    /// The words that are read.
    fn words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let read = self.pieces.len().min(MAX_PARAGRAPH_TOKENS);
        self.pieces[..read].iter().map(|p| &text[p.span.range()]).collect()
    }

    fn passage<'a>(&'a self, words: &'a [&'a str]) -> Passage<'a> {
        Passage { tokens: words, breaks: &[0], sentences_known: false, leanings: &self.leanings }
    }

    /// Its sentences, by the reader where it read, by rule beyond. `first` is the index of its first token.
    fn push_sentences(&self, readings: &[TokenReading], first: usize, sentences: &mut Vec<Sentence>) {
        for at in 0..self.pieces.len() {
            let begins = match readings.get(at) {
                Some(reading) => reading.begins_sentence,
                None => self.starts[at] >= Start::Likely || at == readings.len(),
            };
            let place = first + at;
            match sentences.last_mut() {
                Some(last) if at > 0 && !begins => last.tokens.end += 1,
                _ => {
                    sentences.push(Sentence { tokens: TokenRange::new(place, place + 1), block: self.block })
                }
            }
        }
    }

    fn span(&self) -> Span {
        Span { start: self.pieces[0].span.start, end: self.pieces[self.pieces.len() - 1].span.end }
    }
}

/// The grammar by rule alone: tokens and sentences, nothing learned.
pub fn by_rule(text: &str, blocks: &[Block]) -> Doc {
    let mut doc = Doc::default();
    for paragraph in paragraphs(text, blocks) {
        let first = doc.tokens.len();
        paragraph.push_sentences(&[], first, &mut doc.sentences);
        let unread = |(i, p): (usize, &Piece)| Token::unread(p.span, (first + i) as u32, p.space_after);
        doc.tokens.extend(paragraph.pieces.iter().enumerate().map(unread));
    }
    doc
}

/// The paragraphs of a text, in order. Blocks never overlap; should they, the later one is cut.
fn paragraphs(text: &str, blocks: &[Block]) -> Vec<Paragraph> {
    let mut order: Vec<(usize, Block)> = blocks.iter().copied().enumerate().collect();
    order.sort_by_key(|(at, block)| (block.span.start, *at));
    let mut from = 0;
    let mut out = Vec::with_capacity(order.len());
    for (at, block) in order {
        let start = block.span.start.max(from);
        if start >= block.span.end {
            continue;
        }
        from = block.span.end;
        let pieces = tokenize(text, Span { start, end: block.span.end });
        if !pieces.is_empty() {
            let starts = starts(text, &pieces);
            let leanings = starts.iter().map(|start| start.leaning()).collect();
            out.push(Paragraph { block: at as u32, pieces, starts, leanings });
        }
    }
    out
}

/// Every line that holds words as a block.
pub fn lines(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            blocks.push(Block {
                kind: chancery_model::BlockKind::Paragraph,
                span: Span::new(at, at + line.len()),
            });
        }
        at += line.len();
    }
    blocks
}

/// Whether most letters are Latin. A text too short for its language to be told can still be no English.
fn is_latin(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    2 * letters().filter(|c| *c < '\u{250}').count() >= letters().count()
}

fn other_letters(article: &Article) -> Note {
    let message = "a text whose letters are not Latin is kept and not read".to_owned();
    note_at(NoteCode::OtherLanguage, message, article, article.body)
}

fn note_at(code: NoteCode, message: String, article: &Article, span: Span) -> Note {
    let note = Note::new(code, message);
    let ranges = article.map.page_ranges(span);
    match (ranges.first(), ranges.last()) {
        (Some(first), Some(last)) if first.start <= last.end => {
            note.at(PageSpan { start: first.start, end: last.end })
        }
        _ => note,
    }
}

/// What had to be cut or left out.
fn notes(article: &Article, paragraphs: &[Paragraph], readings: &[PassageReading]) -> Vec<Note> {
    let mut notes = Vec::new();
    for (paragraph, reading) in paragraphs.iter().zip(readings) {
        let words = paragraph.pieces.len();
        if words > MAX_PARAGRAPH_TOKENS {
            let message = format!(
                "a paragraph of {words} words: those after the first {MAX_PARAGRAPH_TOKENS} are not read"
            );
            let note = note_at(NoteCode::LongParagraph, message, article, paragraph.span());
            notes.push(note.hint("split it into its paragraphs, or leave the page out if it is no prose"));
        }
        if let Some(long) = paragraph.pieces.iter().find(|p| p.span.len() + 3 >= MAX_TOKEN_BYTES) {
            let message = format!("a word of more than {MAX_TOKEN_BYTES} bytes is taken in pieces");
            notes.push(note_at(NoteCode::LongWord, message, article, long.span));
        }
        if let Some(cut) = reading.cuts.first() {
            let message = "a sentence too long to be read whole is read in parts".to_owned();
            notes.push(note_at(
                NoteCode::LongSentence,
                message,
                article,
                paragraph.pieces[*cut as usize].span,
            ));
        }
    }
    notes
}

/// Labels as the weights number them, to labels as the model has them.
#[derive(Debug)]
struct LabelTables {
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    relations: Vec<Deprel>,
    /// Whether the label begins a name, and of which kind; `None` is outside.
    names: Vec<Option<(bool, NameKind)>>,
}

impl LabelTables {
    fn of(reader: &Reader) -> Self {
        let labels = reader.labels();
        let name = |label: &String| {
            let (place, kind) = label.split_once('-')?;
            Some((place == "B", NameKind::parse(kind).unwrap_or(NameKind::Other)))
        };
        Self {
            upos: labels.upos.iter().map(|l| Upos::parse(l).unwrap_or_default()).collect(),
            xpos: labels.xpos.iter().map(|l| Xpos::parse(l).unwrap_or_default()).collect(),
            relations: labels.relations.iter().map(|l| relation(l)).collect(),
            names: labels.names.iter().map(name).collect(),
        }
    }

    fn doc(&self, paragraphs: &[Paragraph], readings: &[PassageReading]) -> Doc {
        let mut doc = Doc::default();
        for (paragraph, reading) in paragraphs.iter().zip(readings) {
            let first = doc.tokens.len();
            paragraph.push_sentences(&reading.tokens, first, &mut doc.sentences);
            self.push(&paragraph.pieces, &reading.tokens, &mut doc.tokens);
            self.names(&reading.tokens, first, &mut doc.names);
        }
        doc
    }

    /// The tokens of one paragraph; those past `readings` stay unread.
    fn push(&self, pieces: &[Piece], readings: &[TokenReading], tokens: &mut Vec<Token>) {
        let first = tokens.len() as u32;
        for (i, piece) in pieces.iter().enumerate() {
            let mut token = Token::unread(piece.span, first + i as u32, piece.space_after);
            if let Some(reading) = readings.get(i) {
                token.head = first + reading.head;
                token.upos = label(&self.upos, reading.upos.label);
                token.xpos = label(&self.xpos, reading.xpos.label);
                token.deprel = label(&self.relations, reading.relation.label);
            }
            tokens.push(token);
        }
    }

    fn names(&self, readings: &[TokenReading], first: usize, names: &mut Vec<Name>) {
        let already = names.len();
        for (i, reading) in readings.iter().enumerate() {
            let Some((begins, kind)) = self.names.get(usize::from(reading.name.label)).copied().flatten()
            else {
                continue;
            };
            let at = first + i;
            let goes_on = names.len() > already
                && names.last().is_some_and(|name| name.kind == kind && name.tokens.end as usize == at);
            match names.last_mut() {
                Some(name) if !begins && goes_on => name.tokens.end += 1,
                _ => names.push(Name { tokens: TokenRange::new(at, at + 1), kind }),
            }
        }
    }
}

fn label<T: Copy + Default>(labels: &[T], at: u8) -> T {
    labels.get(usize::from(at)).copied().unwrap_or_default()
}

/// A relation with a subtype that is not known is the relation without it.
fn relation(label: &str) -> Deprel {
    let general = label.split_once(':').map_or(label, |(general, _)| general);
    Deprel::parse(label).or_else(|| Deprel::parse(general)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, doc: &Doc) -> Vec<String> {
        let words = |s: &Sentence| doc.span(s.tokens).map_or("", |span| &text[span.range()]).to_owned();
        doc.sentences.iter().map(words).collect()
    }

    #[test]
    fn block_bounds_always_end_a_sentence() {
        let text = "Talks resume in Vell\n\n“We wait. Both\nsides know, \n";
        let doc = by_rule(text, &lines(text));
        assert_eq!(shown(text, &doc), ["Talks resume in Vell", "“We wait.", "Both", "sides know,"]);
        assert_eq!(doc.sentences.iter().map(|s| s.block).collect::<Vec<_>>(), [0, 1, 1, 2]);
    }

    #[test]
    fn blocks_that_overlap_or_hold_nothing_are_no_trouble() {
        let block =
            |start, end| Block { kind: chancery_model::BlockKind::Paragraph, span: Span::new(start, end) };
        let text = "one two three";
        let doc = by_rule(text, &[block(4, 13), block(0, 7), block(7, 8), block(0, 3)]);
        assert_eq!(
            doc.tokens.iter().map(|t| &text[t.span.range()]).collect::<Vec<_>>(),
            ["one", "two", "three"]
        );
        assert_eq!(by_rule("", &[]), Doc::default());
    }

    #[test]
    fn every_token_belongs_to_one_sentence() {
        let text = "a. b! c?\n d e. F\n\n\n g";
        let doc = by_rule(text, &lines(text));
        let mut at = 0;
        for sentence in &doc.sentences {
            assert_eq!(sentence.tokens.start, at);
            assert!(!sentence.tokens.is_empty());
            at = sentence.tokens.end;
        }
        assert_eq!(at as usize, doc.tokens.len());
    }
}
