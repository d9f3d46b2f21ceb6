//! Stances and what a record makes of them as lines of an expect block.

use serde_json::Value;

/// `stance Lasia rejects (plan): Lasia refused the draft; by its minister; on 2031-05-05`.
pub(crate) fn line(stance: &Value) -> String {
    let issue = stance["issue"].as_str().unwrap_or("no issue");
    let mut out = format!(
        "stance {} {} ({issue}): {}",
        word(stance, "party"),
        word(stance, "act"),
        text(&stance["terms"])
    );
    let holder = text(&stance["holder"]["cite"]);
    if !holder.is_empty() && !text(&stance["terms"]).contains(&holder) && holder != word(stance, "party") {
        out.push_str(&format!("; by {holder}"));
    }
    if let Some(day) = stance["when"]["value"].as_str() {
        out.push_str(&format!("; on {day}"));
    }
    out
}

/// A position with its moves, a plan with its versions, a dispute with both sides; nothing for other lines.
pub(crate) fn linked(line: &Value) -> Option<String> {
    Some(match line["kind"].as_str()? {
        "position" => position(line),
        "proposal" => proposal(line),
        "dispute" => dispute(line),
        _ => return None,
    })
}

fn position(line: &Value) -> String {
    let since = line["since"].as_str().map_or(String::new(), |day| format!(" since {day}"));
    let mut out =
        format!("position {} on {}: {}{since}", word(line, "party"), word(line, "issue"), word(line, "now"));
    for step in list(&line["moved"]) {
        out.push_str(&format!("; {} → {} on {}", word(step, "from"), word(step, "to"), word(step, "when")));
    }
    out
}

fn proposal(line: &Value) -> String {
    let author = line["author"].as_str().map_or(String::new(), |author| format!(" of {author}"));
    let versions: Vec<String> = list(&line["versions"]).map(version).collect();
    let count = list(&line["stances"]).count();
    format!("proposal {}{author}: {}; {count} stances", word(line, "name"), versions.join(", "))
}

fn version(version: &Value) -> String {
    let points = version["points"].as_u64().map_or(String::new(), |n| format!(" ({n} points)"));
    let day = version["when"].as_str().map_or(String::new(), |day| format!(" {day}"));
    format!("{}{points}{day}", word(version, "label"))
}

fn dispute(line: &Value) -> String {
    let sides = list(&line["cites"]).zip(list(&line["holders"]));
    let sides: Vec<String> = sides
        .map(|(cite, holder)| format!("{}: {}", holder.as_str().unwrap_or("the page"), text(cite)))
        .collect();
    format!("dispute {}: {} | {}", word(line, "type"), word(line, "note"), sides.join(" | "))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word<'a>(line: &'a Value, field: &str) -> &'a str {
    line[field].as_str().unwrap_or("-")
}

fn text(cite: &Value) -> String {
    cite["text"].as_str().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}
