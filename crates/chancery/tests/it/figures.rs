//! `chancery figures` on a record.

use crate::program::{Folder, chancery};

fn printed(folder: &Folder, args: &[&str]) -> String {
    let output = chancery().current_dir(folder.path()).args(args).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn figures_of_a_record_are_listed_and_chosen_by_claimant_and_unit() {
    let folder = Folder::new("figures");
    let words = "<html><head><title>Quarn fires drones</title></head><body><h1>Quarn fires drones</h1>\n\
                 <p>The air force of Vell said on Monday that Quarn launched at least 60 drones and 12 missiles overnight.</p>\n\
                 <p>Some 3,000 people spent the night in shelters, and the repair will cost $5 million.</p></body></html>";
    folder.write("page.html", words);
    printed(&folder, &["read", "page.html", "--into", "talks.chancery"]);
    let all = printed(&folder, &["figures"]);
    for shown in ["≥ 60 drone", "12 missile", "~ 3,000 person", "5,000,000 dollar"] {
        assert!(all.contains(shown), "{shown} is not in\n{all}");
    }
    let claimed = printed(&folder, &["figures", "--who", "air force"]);
    assert!(claimed.contains("60 drone") && !claimed.contains("3,000"), "{claimed}");
    let money = printed(&folder, &["figures", "talks.chancery", "--unit", "Dollar", "--json"]);
    assert_eq!(money.lines().count(), 1, "{money}");
    assert!(money.contains("\"value\":5000000"), "{money}");
}
