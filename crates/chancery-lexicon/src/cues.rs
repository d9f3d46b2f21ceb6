//! Words that report what somebody said, wrote, claims, thinks or wants, and the frames in which they do.
//!
//! The lists are data (`data/cues.toml`). They settle what a word *can* report; whether it does, its sentence settles.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What a word reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueKind {
    /// What is uttered or written.
    Says,
    /// What is asked for, or meant to be done.
    Wants,
    /// Praise or blame.
    Judges,
    /// What is held to be so.
    Thinks,
    /// What a document or a study gives.
    Shows,
}

/// The frames of a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// What it reports.
    pub kind: CueKind,
    /// It takes a clause: "said the talks had failed".
    pub clause: bool,
    /// It goes with a quotation.
    pub quote: bool,
    /// It takes a noun: "denied the report".
    pub object: bool,
    /// It takes an infinitive: "vowed to stay".
    pub infinitive: bool,
    /// It takes a noun and an infinitive: "urged them to stay".
    pub object_infinitive: bool,
    /// It takes a noun and what it is called: "called the plan workable".
    pub object_predicate: bool,
    /// It takes a noun and its measure behind "at": "put the cost at 40 million".
    pub object_at: bool,
    /// Its object is told: "told reporters that …".
    pub hearer: bool,
    /// Prepositions before what is reported: "warned of", "called for".
    pub prepositions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[cfg_attr(not(test), expect(dead_code, reason = "names the group in the test"))]
    id: String,
    kind: CueKind,
    takes: Vec<String>,
    #[serde(default)]
    particle: Option<String>,
    words: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    #[serde(default)]
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Group>,
    nouns: Vec<Group>,
    sources: Vec<Sources>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    words: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the lists"))]
    no: Vec<String>,
}

/// The lists, by base form.
pub struct Cues {
    verbs: HashMap<String, Cue>,
    particles: HashMap<(String, String), Cue>,
    nouns: HashMap<String, Cue>,
    sources: Vec<Vec<String>>,
}

static SHIPPED: LazyLock<Cues> = LazyLock::new(|| Cues::new(file()));

fn file() -> File {
    toml::from_str(include_str!("../data/cues.toml")).expect("cues.toml is tested")
}

impl Cues {
    /// The lists that come with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn new(file: File) -> Self {
        let mut cues = Self {
            verbs: HashMap::new(),
            particles: HashMap::new(),
            nouns: HashMap::new(),
            sources: Vec::new(),
        };
        for group in file.group {
            for word in &group.words {
                match &group.particle {
                    Some(particle) => enter(&mut cues.particles, (word.clone(), particle.clone()), &group),
                    None => enter(&mut cues.verbs, word.clone(), &group),
                }
            }
        }
        for group in file.nouns {
            group.words.iter().for_each(|word| enter(&mut cues.nouns, word.clone(), &group));
        }
        let split = |words: &String| words.split(' ').map(str::to_owned).collect();
        cues.sources = file.sources.iter().flat_map(|s| s.words.iter().map(split)).collect();
        cues
    }

    /// The frames of a verb, by its base form.
    pub fn verb(&self, lemma: &str) -> Option<&Cue> {
        self.verbs.get(lemma)
    }

    /// The frames of a verb with a particle: "rule out".
    pub fn verb_with(&self, lemma: &str, particle: &str) -> Option<&Cue> {
        self.particles.get(&(lemma.to_owned(), particle.to_owned()))
    }

    /// The frames of a noun, by its base form.
    pub fn noun(&self, lemma: &str) -> Option<&Cue> {
        self.nouns.get(lemma)
    }

    /// How many of the words that follow, in lower case, stand before a source: 2 for "according to"; 0 for none.
    pub fn before_source<'a>(&self, words: impl Iterator<Item = &'a str> + Clone) -> usize {
        let fits = |listed: &&Vec<String>| {
            let mut given = words.clone();
            listed.iter().all(|word| given.next() == Some(word.as_str()))
        };
        self.sources.iter().filter(fits).map(Vec::len).max().unwrap_or(0)
    }
}

static VENUES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/venues.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Whether something is said in, on, at or through what this noun names, by its base form: "interview", "post".
pub fn is_venue(lemma: &str) -> bool {
    VENUES.contains(lemma) || VENUES.contains(lemma.to_lowercase().as_str())
}

/// A word of several groups has the frames of them all, and the kind of the first.
fn enter<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Cue>, word: K, group: &Group) {
    let cue = map.entry(word).or_insert_with(|| Cue::new(group.kind));
    for frame in &group.takes {
        cue.take(frame);
    }
}

impl Cue {
    fn new(kind: CueKind) -> Self {
        Self {
            kind,
            clause: false,
            quote: false,
            object: false,
            infinitive: false,
            object_infinitive: false,
            object_predicate: false,
            object_at: false,
            hearer: false,
            prepositions: Vec::new(),
        }
    }

    fn take(&mut self, frame: &str) {
        match frame {
            "that" => self.clause = true,
            "quote" => self.quote = true,
            "object" => self.object = true,
            "infinitive" => self.infinitive = true,
            "object-to" => self.object_infinitive = true,
            "object-as" => self.object_predicate = true,
            "object-at" => self.object_at = true,
            "hearer" => self.hearer = true,
            preposition if !self.takes_preposition(preposition) => {
                self.prepositions.push(preposition.to_owned());
            }
            _ => {}
        }
    }

    /// Whether this preposition stands before what is reported.
    pub fn takes_preposition(&self, word: &str) -> bool {
        self.prepositions.iter().any(|known| known == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_examples_of_its_own_words() {
        for group in file().group.iter().chain(&file().nouns) {
            assert!(!group.yes.is_empty(), "{} lacks an example", group.id);
            for example in group.yes.iter().chain(&group.no) {
                let word = example.split('*').nth(1).unwrap_or_default();
                let own = group.words.iter().any(|known| is_form(word, known));
                assert!(own, "{}: {example:?} marks none of its words", group.id);
            }
        }
        for source in file().sources {
            let marks =
                |example: &String| source.words.iter().any(|words| example.contains(&format!("*{words}*")));
            assert!(source.yes.iter().chain(&source.no).all(marks));
        }
    }

    /// Whether a word can be a form of a base form: by its beginning, or by the list of irregular words.
    fn is_form(word: &str, base: &str) -> bool {
        let (word, stem) = (word.to_lowercase(), base.get(..3).unwrap_or(base));
        let listed = |line: &str| {
            let mut forms = line.split_whitespace().skip(1);
            forms.next() == Some(base) && forms.any(|form| form == word)
        };
        word.starts_with(stem) || crate::IRREGULAR_WORDS.lines().any(listed)
    }

    #[test]
    fn frames_of_several_groups_add_up() {
        let cues = Cues::shipped();
        let warn = cues.verb("warn").unwrap();
        assert!(
            warn.clause
                && warn.quote
                && warn.hearer
                && warn.object_infinitive
                && warn.takes_preposition("of")
        );
        assert_eq!(warn.kind, CueKind::Says);
        assert!(cues.verb("say").is_some_and(|say| !say.object && !say.infinitive));
        assert!(cues.verb("run").is_none() && cues.noun("table").is_none());
        assert!(cues.verb_with("rule", "out").is_some_and(|rule| rule.object));
        assert_eq!(cues.before_source(["according", "to", "the"].into_iter()), 2);
        assert_eq!(cues.before_source(["to", "the"].into_iter()), 0);
    }
}
