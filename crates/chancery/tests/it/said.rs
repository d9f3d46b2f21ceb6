//! `chancery statements`, `people` and `why` on a record.

use serde_json::Value;

use crate::program::{Folder, chancery};

fn printed(folder: &Folder, args: &[&str]) -> String {
    let output = chancery().current_dir(folder.path()).args(args).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn record(name: &str) -> Folder {
    let folder = Folder::new(name);
    let words = "<html><head><title>Crews turn the offer down</title></head><body><h1>Crews turn the offer down</h1>\n\
                 <p>“The offer is dead,” Tom Reed, the head of the seamen's union, told reporters in Vell.</p>\n\
                 <p>Finance minister Ana Petrel said the port would wait until the spring.</p>\n\
                 <p>The ferries lay at the quay all day, and no passenger was seen.</p></body></html>";
    folder.write("page.html", words);
    printed(&folder, &["read", "page.html", "--into", "talks.chancery"]);
    folder
}

#[test]
fn statements_are_listed_and_chosen_by_speaker_words_and_form() {
    let folder = record("said-listed");
    let all = printed(&folder, &["statements"]);
    for shown in ["Tom Reed", "The offer is dead", "to reporters", "Ana Petrel", "wait until the spring"] {
        assert!(all.contains(shown), "{shown} is not in\n{all}");
    }
    assert!(!all.contains("no passenger"), "{all}");
    let reed = printed(&folder, &["statements", "talks.chancery", "--by", "reed"]);
    assert!(reed.contains("The offer is dead") && !reed.contains("spring"), "{reed}");
    let about = printed(&folder, &["statements", "--about", "spring port"]);
    assert!(about.contains("Petrel") && !about.contains("dead"), "{about}");
    let direct = printed(&folder, &["statements", "--form", "direct", "--json"]);
    let line: Value = serde_json::from_str(direct.trim()).expect("one line of JSON");
    assert_eq!((line["kind"].as_str(), line["form"].as_str()), (Some("statement"), Some("direct")));
    // A page without a date has no statement since any day.
    assert_eq!(printed(&folder, &["statements", "--since", "2026-01-01", "--json"]), "");
}

#[test]
fn why_shows_the_words_and_their_bytes_and_check_opens_them_all() {
    let folder = record("said-why");
    let direct = printed(&folder, &["statements", "--form", "direct", "--json"]);
    let line: Value = serde_json::from_str(direct.trim()).expect("one line of JSON");
    let id = line["id"].as_str().expect("its id");
    let why = printed(&folder, &["why", "talks.chancery", &id[..8]]);
    let start = line["content"][0]["page_start"].as_u64().expect("where the words begin");
    for shown in [id, "rule", "confidence", "The offer is dead", &format!("[{start}-")] {
        assert!(why.contains(shown), "{shown} is not in\n{why}");
    }
    let same: Value =
        serde_json::from_str(&printed(&folder, &["why", id, "--json"])).expect("a line of JSON");
    assert_eq!(same["content"], line["content"]);
    let people = printed(&folder, &["people"]);
    assert!(people.contains("Tom Reed") && people.contains("Ana Petrel"), "{people}");
    assert_eq!(printed(&folder, &["check"]), "");
    let none = chancery().current_dir(folder.path()).args(["why", "s00000"]).output().expect("it starts");
    assert_ne!(none.status.code(), Some(0));
}
