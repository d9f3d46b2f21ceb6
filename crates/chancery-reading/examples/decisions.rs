//! The choices of the resolver of references on texts in which whom each mention means is known, as `training/who/learn.py` reads them.
//!
//! Standard input is what `training/who/marked.py` prints, standard output a line of JSON for each choice.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use chancery_language::document::{DocReader, lines};
use chancery_language::reader::Reader;
use chancery_model::{Article, Id, Language, PageId, PageSpan, Published, SourceMap, Span, Unresolved};
use chancery_reading::taught::{self, Decision, Words};

/// Whom the mentions of a text mean, by their words and by their heads.
#[derive(Default)]
struct Marked {
    words: HashMap<(u32, u32), String>,
    heads: HashMap<(u32, u32), String>,
}

impl Marked {
    fn entity(&self, words: Words) -> Option<&String> {
        let at = |span: Span| (span.start, span.end);
        self.words.get(&at(words.span)).or_else(|| self.heads.get(&at(words.head?)))
    }
}

fn main() -> io::Result<()> {
    let Ok(reader) = Reader::embedded() else { return Ok(()) };
    let reader = DocReader::new(reader);
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    writeln!(out, "{{\"pair\":{:?},\"new\":{:?}}}", taught::templates(), taught::new_templates())?;
    while let Some((text, marked)) = record(&mut input)? {
        let article = article(text);
        let Some(doc) = reader.read(&article).doc else { continue };
        let mut rows = Vec::new();
        taught::walk(&article, &doc, &mut |decision| decide(decision, &marked, &mut rows));
        for row in rows {
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}

/// The right choice of a decision, if one is known; what was chosen among is kept.
fn decide(decision: &Decision, marked: &Marked, rows: &mut Vec<String>) -> Option<usize> {
    let own = marked.entity(decision.mention);
    let right = |words: Words| own.is_some() && marked.entity(words) == own;
    let choices: Vec<_> =
        decision.choices.iter().map(|(words, signs)| (u8::from(right(*words)), signs)).collect();
    let shown: Vec<String> = choices.iter().map(|(good, signs)| format!("[{good},{signs:?}]")).collect();
    let known = u8::from(own.is_some());
    rows.push(format!("[{:?},{known},{:?},[{}]]", decision.kind, decision.new, shown.join(",")));
    choices.iter().position(|(good, _)| *good == 1)
}

fn record(input: &mut impl BufRead) -> io::Result<Option<(String, Marked)>> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    let Some(length) = line.trim().strip_prefix("# ").and_then(|n| n.parse::<usize>().ok()) else {
        return Ok(None);
    };
    let mut text = vec![0; length];
    input.read_exact(&mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let mut marked = Marked::default();
    input.read_line(&mut line)?;
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 || line.trim().is_empty() {
            return Ok(Some((text, marked)));
        }
        let columns: Vec<&str> = line.split_whitespace().collect();
        if let [start, end, head, head_end, entity] = columns[..] {
            let at = |word: &str| word.parse().unwrap_or(u32::MAX);
            marked.words.insert((at(start), at(end)), entity.to_owned());
            marked.heads.insert((at(head), at(head_end)), entity.to_owned());
        }
    }
}

fn article(text: String) -> Article {
    let page = PageId::of(text.as_bytes());
    let body = Span { start: 0, end: text.len() as u32 };
    Article {
        id: Id::of('a', &[&page.0]),
        page,
        map: SourceMap::verbatim(PageSpan { start: body.start, end: body.end }),
        body,
        blocks: lines(&text),
        title: None,
        dateline: None,
        published: Published { when: Err(Unresolved::because("not asked")), basis: None, cite: None },
        byline: Vec::new(),
        agency: None,
        outlet: None,
        language: Language::ENGLISH,
        url: None,
        text,
    }
}
