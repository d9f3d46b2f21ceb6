//! A statement as a line of an expect block: its form, who says it, the cue, the words, then what is known around it.

use serde_json::Value;

/// `statement (direct): Tom Reed | told | The offer … is dead; to reporters; in a statement; on 2031-05-05; inside another`.
pub(crate) fn line(statement: &Value) -> String {
    let joint = statement["joint"].as_array().into_iter().flatten();
    let speakers: Vec<String> = std::iter::once(&statement["speaker"]).chain(joint).map(speaker).collect();
    let cue = if statement["cue"].is_null() { "-".to_owned() } else { text(&statement["cue"]) };
    let content: Vec<String> = statement["content"].as_array().into_iter().flatten().map(text).collect();
    let form = statement["form"].as_str().unwrap_or("");
    let mut out = format!("statement ({form}): {} | {cue} | {}", speakers.join(" + "), content.join(" … "));
    if !statement["addressee"].is_null() {
        out.push_str(&format!("; to {}", text(&statement["addressee"]["cite"])));
    }
    if !statement["venue"].is_null() {
        out.push_str(&format!("; {}", text(&statement["venue"])));
    }
    if let Some(day) = statement["said"]["value"].as_str() {
        let by = if statement["said"]["anchor"] == "text" { ", by the story" } else { "" };
        out.push_str(&format!("; on {day}{by}"));
    }
    if !statement["inside"].is_null() {
        out.push_str("; inside another");
    }
    out
}

/// The words for a speaker, and the name where it is not among them.
fn speaker(who: &Value) -> String {
    let words = text(&who["cite"]);
    match who["name"].as_str().filter(|name| !words.contains(name)) {
        Some(name) => format!("{words} = {name}"),
        None => words,
    }
}

fn text(cite: &Value) -> String {
    cite["text"].as_str().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}
