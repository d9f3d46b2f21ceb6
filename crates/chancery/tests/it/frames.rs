//! The yes and no examples of the frames, read by the whole program: each frame tells of its own sentences and leaves the others alone.

use std::collections::BTreeMap;

use chancery_lexicon::frames::{Example, Frames};

use crate::program::{Folder, chancery};

#[test]
fn every_frame_knows_its_own_sentences_and_no_others() {
    let examples = Frames::shipped().examples();
    let found = events(examples);
    let mut wrong = Vec::new();
    for (at, example) in examples.iter().enumerate() {
        let here = found.get(&at).map_or(&[][..], Vec::as_slice);
        let told = match example.keeps_out {
            true => here.iter().any(|(kind, _)| *kind == example.kind),
            false => here.iter().any(|(_, rule)| *rule == example.frame),
        };
        if told != example.yes {
            wrong.push(format!("{} {}: {:?} gave {here:?}", example.frame, example.yes, example.sentence));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

/// Type and rule of the events of each example.
fn events(examples: &[Example]) -> BTreeMap<usize, Vec<(String, String)>> {
    let folder = Folder::new("frames");
    let mut text = String::new();
    let mut starts = Vec::new();
    for example in examples {
        starts.push(text.len() as u64);
        text.push_str(&example.sentence);
        text.push_str("\n\n");
    }
    let page = folder.write("examples.txt", text);
    let out = chancery()
        .args(["read", "--jsonl", "--whole", "--only", "event"])
        .arg(page)
        .output()
        .expect("it runs");
    let mut found: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&out.stdout).lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let Some(start) = line["trigger"]["page_start"].as_u64() else { continue };
        let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let example = starts.partition_point(|at| *at <= start) - 1;
        found.entry(example).or_default().push((word(&line["type"]), word(&line["why"]["rule"])));
    }
    found
}
