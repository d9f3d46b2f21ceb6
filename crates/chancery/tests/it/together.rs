//! What all pages of a record make up together, as `why` and `brief` show it.

use serde_json::Value;

use crate::program::{Folder, chancery};

fn printed(folder: &Folder, args: &[&str]) -> String {
    let output = chancery().current_dir(folder.path()).args(args).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn record(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("a.txt", "Lasia rejected a ceasefire on Monday. Lasia’s army said that Kael launched 90 drones at Marseille on Monday.\n");
    folder.write("b.txt", "Lasia accepted a ceasefire of ten days on Monday. Kael’s defence ministry said that it launched 40 drones at Marseille on Monday, 3 March.\n");
    let list = "{\"path\": \"a.txt\", \"published\": \"2031-03-03\", \"outlet\": \"Vell Courier\"}\n\
                {\"path\": \"b.txt\", \"published\": \"2031-03-10\", \"outlet\": \"Kael Observer\"}\n";
    folder.write("list.jsonl", list);
    printed(&folder, &["read", "--whole", "--quiet", "--list", "list.jsonl", "--into", "r.chancery"]);
    folder
}

fn first(folder: &Folder, verb: &str) -> Value {
    let lines = printed(folder, &[verb, "r.chancery", "--json"]);
    serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON")
}

#[test]
fn why_shows_what_a_position_and_a_dispute_rest_on() {
    let folder = record("together-why");
    for (verb, shown) in [
        ("positions", ["rejected a ceasefire", "accepted a ceasefire of ten days"]),
        ("disputes", ["90 drones", "40 drones"]),
    ] {
        let line = first(&folder, verb);
        let id = line["id"].as_str().expect("an id");
        let why = printed(&folder, &["why", "r.chancery", id]);
        assert!(why.starts_with(id) && shown.iter().all(|words| why.contains(words)), "{verb}: {why}");
        let again = printed(&folder, &["why", "r.chancery", &id[..9], "--json"]);
        assert_eq!(serde_json::from_str::<Value>(&again).expect("JSON"), line, "{verb}");
    }
}

#[test]
fn a_brief_of_a_day_goes_by_either_time() {
    let folder = record("together-days");
    let table = |by: &str, day: &str| {
        let brief = printed(&folder, &["brief", "r.chancery", "--as-of", day, "--by", by]);
        assert!(brief.contains(&format!("as of {day}")), "{brief}");
        brief
            .lines()
            .find(|line| line.trim_start().starts_with("ceasefire"))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    assert_eq!(table("published", "2031-03-05"), "ceasefire  rejects 03-03");
    assert_eq!(table("published", "2031-03-10"), "ceasefire  rejects → accepts 03-10");
    assert_eq!(table("taken", "2031-03-05"), "ceasefire  rejects 03-03");
    let brief = printed(&folder, &["brief", "r.chancery", "--as-of", "2031-03-05", "--by", "taken"]);
    assert!(brief.contains("40 drones"), "told on the 10th, of the 3rd: {brief}");
    let earlier = printed(&folder, &["brief", "r.chancery", "--as-of", "2031-03-05"]);
    assert!(!earlier.contains("40 drones"), "{earlier}");
}
