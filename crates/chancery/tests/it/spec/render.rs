//! Lines of JSON as the compact lines of an expect block.

use serde_json::Value;

use super::case::Case;
use super::{figure, stance, statement};

/// All lines of a case.
pub(crate) fn lines(lines: &[Value], case: &Case) -> String {
    let mut out = Vec::new();
    for line in lines {
        match line["kind"].as_str() {
            Some("page") => page(line, case, &mut out),
            Some("article") => article(line, &mut out),
            Some("doc") if case.document.contains("who/") => people(line, lines, &mut out),
            Some("doc") => doc(line, lines, &mut out),
            Some("furniture") => {
                out.push(format!("furniture ({}): {}", word(&line["reason"]), shown(&line["text"])));
            }
            Some("event") => out.push(event(line)),
            Some("note") => out.push(note(line, case)),
            Some("figure") => out.push(figure::line(line)),
            Some("time") => out.push(time(line)),
            Some("statement") => out.push(statement::line(line)),
            Some("stance") => out.push(stance::line(line)),
            _ => out.push(line.to_string()),
        }
    }
    out.iter().map(|line| format!("{line}\n")).collect()
}

/// Said only where it is not what the block already says, or where lines were asked for by kind.
fn page(line: &Value, case: &Case, out: &mut Vec<String>) {
    let media = word(&line["media_type"]);
    let mut words = format!("page {media}");
    let url = line["url"].as_str().filter(|url| case.known.get("url").and_then(Value::as_str) != Some(*url));
    if let Some(url) = url {
        words.push_str(&format!(" {url}"));
    }
    let asked = case.flags.iter().any(|flag| flag.starts_with("--only"));
    if media != case.usual || url.is_some() || asked {
        out.push(words);
    }
}

/// A time expression: its words, type and value, then the days it means and what gave the day to reckon from, or why they are open.
fn time(line: &Value) -> String {
    let when = &line["when"];
    let days = match when["value"].as_str() {
        Some(days) => format!("{days} ({}, {})", word(&when["grain"]), word(&when["anchor"])),
        None => format!("open: {}", word(&when["unresolved"])),
    };
    format!("[{}] {} {} = {days}", shown(&line["cite"]["text"]), word(&line["type"]), word(&line["value"]))
}

fn article(line: &Value, out: &mut Vec<String>) {
    out.push("article".to_owned());
    let published = &line["published"];
    let when = published["at"].as_str().or(published["value"].as_str());
    out.push(match when {
        Some(when) => format!("  published {when} ({})", word(&line["published_basis"])),
        None => format!("  published unknown: {}", word(&published["unresolved"])),
    });
    let known = [
        ("title", shown(&line["title"]["text"])),
        ("dateline", joined(&line["dateline"]["places"])),
        ("byline", joined(&line["byline"])),
        ("agency", shown(&line["agency"])),
        ("outlet", shown(&line["outlet"])),
        ("language", shown(&line["language"])),
    ];
    out.extend(
        known.iter().filter(|(_, words)| !words.is_empty()).map(|(name, words)| format!("  {name} {words}")),
    );
    let text: Vec<char> = word(&line["text"]).chars().collect();
    for block in line["blocks"].as_array().into_iter().flatten() {
        let part = if block["text"].is_string() { "-" } else { " " };
        out.push(format!("  {part} {}: {}", word(&block["kind"]), words_of(block, &text)));
    }
}

/// The words of a block: its own, or cut from the article's text.
fn words_of(block: &Value, text: &[char]) -> String {
    match (block["start"].as_u64(), block["end"].as_u64()) {
        (Some(start), Some(end)) => folded(&text[start as usize..end as usize].iter().collect::<String>()),
        _ => shown(&block["text"]),
    }
}

/// The sentences of an article as its `text` has them: the words in their cut, a bar where no blank stands between two; below
/// each its tags and its tree, a word of the tree as the relation and the word it depends on; then the names.
fn doc(line: &Value, lines: &[Value], out: &mut Vec<String>) {
    let article = lines.iter().find(|l| l["kind"] == "article" && l["id"] == line["article"]);
    let text: Vec<char> = article.map(|a| word(&a["text"])).unwrap_or_default().chars().collect();
    let cut = |start: &Value, end: &Value| -> String {
        let place = |v: &Value| v.as_u64().map_or(0, |at| at as usize);
        folded(&text.get(place(start)..place(end)).unwrap_or_default().iter().collect::<String>())
    };
    let tokens: Vec<&Value> = line["tokens"].as_array().into_iter().flatten().collect();
    out.push("doc".to_owned());
    for sentence in line["sentences"].as_array().into_iter().flatten() {
        let inside =
            |t: &&&Value| t[0].as_u64() >= sentence[0].as_u64() && t[1].as_u64() <= sentence[1].as_u64();
        let inside: Vec<&&Value> = tokens.iter().filter(inside).collect();
        let mut words = String::new();
        for (i, token) in inside.iter().enumerate() {
            let glued = i > 0 && inside[i - 1][1] == token[0];
            words.push_str(if glued { "|" } else { " " });
            words.push_str(&cut(&token[0], &token[1]));
        }
        let head = |t: &&&Value| -> String {
            let head = t[4].as_u64().and_then(|head| tokens.get(head as usize));
            format!("{}{}", word(&t[5]), head.map(|h| format!("<{}", cut(&h[0], &h[1]))).unwrap_or_default())
        };
        out.push(format!("  {}", words.trim()));
        out.push(format!("    tags {}", inside.iter().map(|t| word(&t[3])).collect::<Vec<_>>().join(" ")));
        out.push(format!("    tree {}", inside.iter().map(head).collect::<Vec<_>>().join(" ")));
    }
    for name in line["names"].as_array().into_iter().flatten() {
        out.push(format!("  {} {}", word(&name[2]), cut(&name[0], &name[1])));
    }
}

/// Type, mode, trigger in quotation marks, who to whom in the words used there, place, date, status.
fn event(line: &Value) -> String {
    let parties = |side: &str| -> String {
        let all = line[side].as_array().into_iter().flatten();
        all.map(|who| shown(&who["cite"]["text"])).collect::<Vec<_>>().join(", ")
    };
    let mut out = format!("event {}", word(&line["type"]));
    for (before, words) in [
        (" ", shown(&line["mode"])),
        (" “", shown(&line["trigger"]["text"]) + "”"),
        (": ", parties("actors")),
        (" → ", parties("recipients")),
        (", at ", shown(&line["place"]["text"])),
        (", on ", shown(&line["when"]["value"])),
        (" (", word(&line["status"]).to_owned() + ")"),
    ] {
        if !words.is_empty() {
            out.push_str(&format!("{before}{words}"));
        }
    }
    out
}

/// Each chain: its name or first words, what it is, its side and roles, and its mentions; then the mentions that are unresolved.
fn people(line: &Value, lines: &[Value], out: &mut Vec<String>) {
    let article = lines.iter().find(|l| l["kind"] == "article" && l["id"] == line["article"]);
    let text: Vec<char> = article.map(|a| word(&a["text"])).unwrap_or_default().chars().collect();
    let cut = |mention: &Value| -> String {
        let place = |v: &Value| v.as_u64().map_or(0, |at| at as usize);
        folded(
            &text.get(place(&mention[0])..place(&mention[1])).unwrap_or_default().iter().collect::<String>(),
        )
    };
    let mut mentions: Vec<&Value> = line["mentions"].as_array().into_iter().flatten().collect();
    mentions.sort_by_key(|m| m[0].as_u64());
    for (number, chain) in line["chains"].as_array().into_iter().flatten().enumerate() {
        let own: Vec<String> =
            mentions.iter().filter(|m| m[2].as_u64() == Some(number as u64)).map(|m| cut(m)).collect();
        let mut about = vec![word(&chain["type"]).to_owned()];
        about.extend(chain["side"].as_str().map(|side| format!("side {side}")));
        for role in chain["roles"].as_array().into_iter().flatten() {
            let former = if role["former"] == true { "former " } else { "" };
            let of = role["of"].as_str().map(|of| format!(" of {of}")).unwrap_or_default();
            about.push(format!("{former}{}{of}", word(&role["title"])));
        }
        let name = chain["name"].as_str().unwrap_or("unnamed");
        out.push(format!("{name} ({}): {}", about.join("; "), own.join(" | ")));
    }
    let unresolved: Vec<String> = mentions.iter().filter(|m| m[2].is_null()).map(|m| cut(m)).collect();
    if !unresolved.is_empty() {
        out.push(format!("unresolved: {}", unresolved.join(" | ")));
    }
}

fn note(line: &Value, case: &Case) -> String {
    let hint = line["hint"].as_str().map(|hint| format!("; {hint}")).unwrap_or_default();
    // The page lies in a numbered folder of the harness, which is none of the reader's business.
    let message = shown(&line["message"]).replace(word(&line["source"]), &case.file);
    format!("note ({}): {message}{hint}", word(&line["code"]))
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn shown(value: &Value) -> String {
    folded(word(value))
}

fn joined(value: &Value) -> String {
    let words: Vec<String> = value.as_array().into_iter().flatten().map(shown).collect();
    words.join("; ")
}

/// One line, whatever the words hold: line breaks as ⏎, other control characters escaped.
fn folded(words: &str) -> String {
    let shown = |c: char| match c {
        '\n' => "⏎".to_owned(),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    words.chars().map(shown).collect::<String>().trim().to_owned()
}
