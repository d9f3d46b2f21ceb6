//! A figure as a line of an expect block: its words, the amount, then what is known of it.

use serde_json::Value;

/// `figure: at least 12 ships = 12 (at least) ship; of ships; by the navy; claimed by the port`.
pub(crate) fn line(figure: &Value) -> String {
    let mut out = format!("figure: {} = {}", text(&figure["cite"]), amount(figure));
    if let Some(unit) = figure["unit"].as_str() {
        out.push_str(&format!(" {unit}"));
    }
    for (name, key) in [("of", "counted"), ("by", "by"), ("claimed by", "claimed_by")] {
        let said = if key == "counted" { text(&figure[key]) } else { text(&figure[key]["cite"]) };
        if !said.is_empty() {
            out.push_str(&format!("; {name} {said}"));
        }
    }
    out
}

fn amount(figure: &Value) -> String {
    let number = |key: &str| figure[key].as_f64();
    let mut out = match (number("value"), number("low"), number("high")) {
        (Some(value), ..) => value.to_string(),
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        _ => "?".to_owned(),
    };
    let bounds = match (number("value").and(number("low")), number("value").and(number("high"))) {
        (Some(_), None) => " (at least)",
        (None, Some(_)) => " (at most)",
        _ => "",
    };
    out.push_str(bounds);
    if figure["approximate"] == true {
        out.push_str(" (about)");
    }
    out
}

fn text(cite: &Value) -> String {
    cite["text"].as_str().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}
