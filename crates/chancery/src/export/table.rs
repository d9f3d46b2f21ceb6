//! Lines of one kind as a table of comma-separated values, for spreadsheets and statistics.
//!
//! A table is made of the very lines that `--format jsonl` prints: each column names a path into them, so both always say the
//! same. Words of a page never become a formula: a cell that a spreadsheet would compute begins with an apostrophe.
//! This module knows columns and cells; what the lines hold is the wire's.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::failure::Failure;
use crate::terminal::plain;

/// Between several values in one cell.
const BETWEEN: &str = "; ";

/// What stands in a column: its heading, and where its values lie in a line.
type Column = (&'static str, &'static str);

/// Columns of the article that every line of a reading belongs to.
const OF_ITS_ARTICLE: [Column; 3] = [("outlet", "outlet"), ("published", "published"), ("title", "title")];

/// The kinds that make a table, with their columns.
const TABLES: [(&str, &[Column]); 10] = [
    (
        "article",
        &[
            ("id", "id"),
            ("page", "page"),
            ("title", "title"),
            ("outlet", "outlet"),
            ("agency", "agency"),
            ("published", "published"),
            ("byline", "byline"),
            ("language", "language"),
        ],
    ),
    (
        "statement",
        &[
            ("id", "id"),
            ("article", "article"),
            ("speaker", "speaker.name"),
            ("role", "speaker.role"),
            ("side", "speaker.side"),
            ("speaker_words", "speaker.cite"),
            ("joint", "joint.name"),
            ("form", "form"),
            ("saying", "saying"),
            ("cue", "cue"),
            ("content", "content"),
            ("said", "said"),
            ("addressee", "addressee.name"),
            ("venue", "venue"),
            ("inside", "inside"),
            ("rule", "why.rule"),
            ("confidence", "why.confidence"),
            ("page_start", "content.page_start"),
            ("page_end", "content.page_end"),
        ],
    ),
    (
        "event",
        &[
            ("id", "id"),
            ("article", "article"),
            ("type", "type"),
            ("mode", "mode"),
            ("status", "status"),
            ("when", "when"),
            ("actors", "actors.name"),
            ("actor_sides", "actors.side"),
            ("actor_words", "actors.cite"),
            ("recipients", "recipients.name"),
            ("recipient_sides", "recipients.side"),
            ("recipient_words", "recipients.cite"),
            ("place", "place"),
            ("trigger", "trigger"),
            ("sentence", "sentence"),
            ("inside", "inside"),
            ("rule", "why.rule"),
            ("confidence", "why.confidence"),
            ("page_start", "trigger.page_start"),
            ("page_end", "trigger.page_end"),
        ],
    ),
    (
        "figure",
        &[
            ("id", "id"),
            ("article", "article"),
            ("words", "cite"),
            ("value", "value"),
            ("low", "low"),
            ("high", "high"),
            ("approximate", "approximate"),
            ("unit", "unit"),
            ("counted", "counted"),
            ("by", "by.name"),
            ("claimed_by", "claimed_by.name"),
            ("when", "when"),
            ("inside", "inside"),
            ("page_start", "cite.page_start"),
            ("page_end", "cite.page_end"),
        ],
    ),
    (
        "stance",
        &[
            ("id", "id"),
            ("article", "article"),
            ("party", "party"),
            ("holder", "holder.name"),
            ("issue", "issue"),
            ("act", "act"),
            ("terms", "terms"),
            ("when", "when"),
            ("through", "through"),
            ("rule", "why.rule"),
            ("confidence", "why.confidence"),
            ("page_start", "terms.page_start"),
            ("page_end", "terms.page_end"),
        ],
    ),
    (
        "entity",
        &[
            ("id", "id"),
            ("type", "type"),
            ("name", "name"),
            ("names", "names"),
            ("side", "side"),
            ("roles", "roles.title"),
            ("role_of", "roles.of"),
            ("mentions", "mentions"),
            ("articles", "articles"),
        ],
    ),
    (
        "happening",
        &[
            ("id", "id"),
            ("type", "type"),
            ("status", "status"),
            ("when", "when"),
            ("actors", "actors"),
            ("recipients", "recipients"),
            ("place", "place"),
            ("accounts", "accounts"),
            ("outcome", "outcome"),
            ("reports", "reports"),
        ],
    ),
    (
        "position",
        &[
            ("id", "id"),
            ("party", "party"),
            ("issue", "issue"),
            ("now", "now"),
            ("since", "since"),
            ("moved_from", "moved.from"),
            ("moved_to", "moved.to"),
            ("moved_when", "moved.when"),
            ("acts", "standing.act"),
            ("words", "standing.cite"),
            ("stances", "stances"),
        ],
    ),
    (
        "proposal",
        &[
            ("id", "id"),
            ("name", "name"),
            ("author", "author"),
            ("versions", "versions.label"),
            ("version_when", "versions.when"),
            ("version_points", "versions.points"),
            ("stances", "stances"),
        ],
    ),
    (
        "dispute",
        &[
            ("id", "id"),
            ("type", "type"),
            ("note", "note"),
            ("holders", "holders"),
            ("words", "cites"),
            ("lines", "lines"),
        ],
    ),
];

/// A table that grows by lines of the wire.
pub(super) struct Table {
    kind: &'static str,
    columns: &'static [Column],
    articles: BTreeMap<String, [String; OF_ITS_ARTICLE.len()]>,
    out: csv::Writer<Vec<u8>>,
}

impl Table {
    /// An empty table of lines of this kind: its headings.
    pub(super) fn of(kind: &str) -> Result<Self, Failure> {
        let (kind, columns) = TABLES.into_iter().find(|(name, _)| *name == kind).ok_or_else(|| {
            Failure::new(format!("no table can be made of `{kind}`")).hint(format!("one of: {}", kinds()))
        })?;
        let mut table =
            Self { kind, columns, articles: BTreeMap::new(), out: csv::Writer::from_writer(Vec::new()) };
        let own = columns.iter().map(|(heading, _)| *heading);
        let further = OF_ITS_ARTICLE.iter().map(|(heading, _)| *heading);
        let headings: Vec<&str> =
            if table.tells_its_article() { own.chain(further).collect() } else { own.collect() };
        table.write(&headings)?;
        Ok(table)
    }

    /// Takes in lines of any kind; those of the table's own kind become rows.
    pub(super) fn take(&mut self, lines: &[u8]) -> Result<(), Failure> {
        let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        for line in lines {
            let line: Value = serde_json::from_slice(line)
                .map_err(|error| Failure::new(format!("a line of the record: {error}")))?;
            self.take_one(&line)?;
        }
        Ok(())
    }

    /// The table as it stands.
    pub(super) fn finish(self) -> Result<Vec<u8>, Failure> {
        self.out.into_inner().map_err(|error| Failure::new(format!("the table: {error}")))
    }

    fn take_one(&mut self, line: &Value) -> Result<(), Failure> {
        let kind = line["kind"].as_str().unwrap_or_default();
        if kind == "article" {
            let told = OF_ITS_ARTICLE.map(|(_, path)| cell(line, path));
            self.articles.insert(line["id"].as_str().unwrap_or_default().to_owned(), told);
        }
        if kind != self.kind {
            return Ok(());
        }
        let mut row: Vec<String> = self.columns.iter().map(|(_, path)| cell(line, path)).collect();
        if self.tells_its_article() {
            let article = line["article"].as_str().unwrap_or_default();
            row.extend(self.articles.get(article).cloned().unwrap_or_default());
        }
        self.write(&row)
    }

    fn tells_its_article(&self) -> bool {
        self.columns.iter().any(|(_, path)| *path == "article")
    }

    fn write<T: AsRef<[u8]>>(&mut self, row: &[T]) -> Result<(), Failure> {
        self.out.write_record(row).map_err(|error| Failure::new(format!("the table: {error}")))
    }
}

/// Whether lines of this kind make a table.
pub(super) fn makes_one(kind: &str) -> bool {
    TABLES.iter().any(|(name, _)| *name == kind)
}

/// The kinds that make a table, for messages.
pub(super) fn kinds() -> String {
    TABLES.map(|(kind, _)| kind).join(", ")
}

/// What lies on a path of a line, as the words of a cell.
fn cell(line: &Value, path: &str) -> String {
    let mut found = vec![line];
    for step in path.split('.') {
        found = found.into_iter().flat_map(each).map(|value| field(value, step)).collect();
    }
    let words: Vec<String> = found.into_iter().flat_map(each).map(words).collect();
    if words.iter().all(String::is_empty) { String::new() } else { words.join(BETWEEN) }
}

/// A field of a value. Words in several pieces of the page begin with the first of them and end with the last.
fn field<'v>(value: &'v Value, name: &str) -> &'v Value {
    let pieces = value["page_pieces"].as_array();
    let edge = match (name, &value[name], pieces) {
        ("page_start", Value::Null, Some(pieces)) => pieces.first().map(|piece| &piece[0]),
        ("page_end", Value::Null, Some(pieces)) => pieces.last().map(|piece| &piece[1]),
        _ => None,
    };
    edge.unwrap_or(&value[name])
}

/// The parts of a list, or the value itself.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.as_array().map(Vec::as_slice);
    list.unwrap_or_else(|| std::slice::from_ref(value)).iter()
}

/// A value in words: of a cite its words, of somebody the name, of a time its value.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => guarded(words),
        Value::Object(fields) => {
            let shown = ["text", "name", "value"].iter().find_map(|field| fields.get(*field)?.as_str());
            guarded(shown.unwrap_or_default())
        }
        other => other.to_string(),
    }
}

/// The words with an apostrophe before them where a spreadsheet would take them for a formula (OWASP, "CSV Injection"), and
/// without what steers a terminal.
fn guarded(words: &str) -> String {
    let words = plain(words);
    if words.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']) {
        format!("'{words}")
    } else {
        words.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(kind: &str, lines: &[&str]) -> String {
        let mut table = Table::of(kind).expect("a kind with a table");
        table.take(lines.join("\n").as_bytes()).expect("lines of the wire");
        String::from_utf8(table.finish().expect("a table")).expect("UTF-8")
    }

    #[test]
    fn lists_and_cites_and_people_become_words() {
        let got = table(
            "event",
            &[
                r#"{"kind":"article","id":"a1","outlet":"Ledger","published":{"value":"2026-03-02"},"title":{"text":"Talks, at last"}}"#,
                r#"{"kind":"event","id":"v1","article":"a1","type":"CONSULT","actors":[{"name":"Lasia","side":"Lasia"},{"name":null}],"when":{"value":null},"trigger":{"text":"met","page_start":4}}"#,
            ],
        );
        let row = got.lines().nth(1).expect("one event");
        assert!(row.starts_with("v1,a1,CONSULT,,,,Lasia; ,Lasia; ,"), "{row}");
        assert!(row.ends_with("Ledger,2026-03-02,\"Talks, at last\""), "{row}");
    }

    #[test]
    fn words_of_a_page_never_become_a_formula() {
        for hostile in ["=1+2", "+1", "-1+2", "@SUM(A1)", "\tx", "|x", "%x"] {
            let line = serde_json::json!({"kind": "stance", "party": hostile, "terms": {"text": hostile}});
            let got = table("stance", &[&line.to_string()]);
            assert_eq!(got.matches(&format!("'{hostile}")).count(), 2, "{got}");
        }
    }

    #[test]
    fn a_kind_without_a_table_is_named_with_those_that_have_one() {
        let failure = Table::of("furniture").err().expect("no such table");
        assert!(format!("{failure:?}").contains("statement"), "{failure:?}");
    }
}
