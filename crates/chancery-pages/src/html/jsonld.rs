//! JSON-LD: what a page's scripts say of its story, in the words of schema.org.
//!
//! Scripts are read with mercy: control characters inside strings and unknown escapes are common, and a script that stays unreadable is
//! passed over. Nothing here is taken at its word: `facts` weighs it against the page.

use serde_json::Value;

/// One story as JSON-LD describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Described {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) body: Option<String>,
}

/// Objects looked at in one script; the rest is passed over.
const MAX_OBJECTS: usize = 20_000;

/// The stories that the scripts describe, in page order.
pub(super) fn stories<'s>(scripts: impl Iterator<Item = &'s str>) -> Vec<Described> {
    let roots: Vec<Value> = scripts.filter_map(parse).collect();
    let mut objects = Vec::new();
    roots.iter().for_each(|root| collect(root, &mut objects));
    let stories = objects.iter().filter(|o| is_story(o));
    stories.map(|story| describe(story, &objects)).collect()
}

/// Reads a script, mending what is commonly broken.
fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
    let script = script.trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let script = script.trim_end_matches("]]>").trim_end_matches("//").trim();
    serde_json::from_str(script).or_else(|_| serde_json::from_str(&mend(script))).ok()
}

/// Control characters inside strings become blanks, a backslash that escapes nothing is doubled, commas before a bracket go.
fn mend(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_string = false;
    let mut chars = script.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => match chars.peek() {
                Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {
                    out.push(c);
                    out.extend(chars.next());
                }
                _ => out.push_str("\\\\"),
            },
            c if in_string && c.is_control() => out.push(' '),
            ']' | '}' if !in_string => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// All objects that can describe a story or a person, outermost first. `serde_json` bounds the nesting.
fn collect<'v>(value: &'v Value, out: &mut Vec<&'v Value>) {
    if out.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, out)),
        Value::Object(fields) => {
            out.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate"] {
                if let Some(inner) = fields.get(key) {
                    collect(inner, out);
                }
            }
        }
        _ => {}
    }
}

fn is_story(value: &Value) -> bool {
    types(value).any(|kind| {
        kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report" || kind == "Review"
    })
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let kind = &value["@type"];
    kind.as_str().into_iter().chain(kind.as_array().into_iter().flatten().filter_map(Value::as_str))
}

fn describe(story: &Value, objects: &[&Value]) -> Described {
    let text = |key: &str| story[key].as_str().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            names(&story[key], objects, &mut authors);
        }
    }
    let mut publisher = Vec::new();
    names(&story["publisher"], objects, &mut publisher);
    Described {
        headline: text("headline").or_else(|| text("name")),
        authors,
        published: text("datePublished"),
        publisher: publisher.into_iter().next(),
        body: text("articleBody"),
    }
}

/// The names of people or organisations: as text, as an object, as a list, or by reference to an object elsewhere.
fn names(value: &Value, objects: &[&Value], out: &mut Vec<String>) {
    match value {
        Value::String(name) => out.push(name.trim().to_owned()),
        Value::Array(items) => items.iter().for_each(|item| names(item, objects, out)),
        Value::Object(fields) => {
            let own = |value: &Value| {
                let name = ["name", "byline"].iter().find_map(|key| value.get(*key));
                name.map(|name| match name {
                    Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                    other => other.as_str().map(str::to_owned).into_iter().collect::<Vec<_>>(),
                })
            };
            let referred = || {
                let id = fields.get("@id")?.as_str()?;
                objects.iter().find(|o| o["@id"].as_str() == Some(id)).and_then(|o| own(o))
            };
            out.extend(own(value).or_else(referred).unwrap_or_default());
        }
        _ => {}
    }
    out.retain(|name| !name.trim().is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, headline: &str, authors: &[&str], published: Option<&str>) {
        let found = stories([script].into_iter());
        let first = found.first().cloned().unwrap_or_default();
        assert_eq!(first.headline.as_deref(), Some(headline), "{script}");
        assert_eq!(first.authors, authors, "{script}");
        assert_eq!(first.published.as_deref(), published, "{script}");
    }

    #[test]
    fn stories_are_found_wherever_they_stand() {
        check(
            r#"{"@type":"NewsArticle","headline":"Talks open","author":"Nora Vale"}"#,
            "Talks open",
            &["Nora Vale"],
            None,
        );
        check(
            r#"[{"@type":"WebSite","name":"Post"},{"@type":["Article"],"headline":"A","datePublished":"2025-12-02"}]"#,
            "A",
            &[],
            Some("2025-12-02"),
        );
        let graph = r##"{"@graph":[{"@type":"BlogPosting","headline":"B","author":{"@id":"#p"}},{"@id":"#p","name":"Tom Ashe"}]}"##;
        check(graph, "B", &["Tom Ashe"], None);
        check(
            "{\"@type\":\"Article\",\"headline\":\"line\nbreak \\' here\",}",
            "line break \\' here",
            &[],
            None,
        );
        assert!(stories(["{nonsense"].into_iter()).is_empty());
    }
}
