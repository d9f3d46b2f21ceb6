//! What common nouns and given names say of somebody: person or body, man or woman, one or several.
//!
//! Words only. Who is meant in a text this module does not know, and it knows no surnames.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A sex, as far as words give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// "she".
    Female,
    /// "he".
    Male,
}

/// What a noun means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Noun(u16);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident $word:literal $bit:literal,)*) => {
        impl Noun {
            $($(#[$doc])* pub const $name: Noun = Noun(1 << $bit);)*
            fn named(word: &str) -> Option<Noun> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    /// An office that one holds at a time: "president".
    CHIEF "chief" 0,
    /// Another office or profession.
    OFFICE "office" 1,
    /// A person.
    PERSON "person" 2,
    /// A man.
    MAN "man" 3,
    /// A woman.
    WOMAN "woman" 4,
    /// A title before a man's name.
    MR "mr" 5,
    /// A title before a woman's name.
    MS "ms" 6,
    /// A title before any name.
    TITLE "title" 7,
    /// A body that acts as one: "ministry".
    BODY "body" 8,
    /// A body that stands for a country's side: "government".
    RULING "ruling" 9,
    /// Several people: "crowd".
    PEOPLE "people" 10,
    /// A place.
    PLACE "place" 11,
    /// A country.
    COUNTRY "country" 12,
    /// What happens.
    EVENT "event" 13,
}

impl Noun {
    /// A noun of no class.
    pub const NONE: Noun = Noun(0);

    /// Whether it is of one of these classes.
    pub fn is(self, of: Noun) -> bool {
        self.0 & of.0 != 0
    }

    /// Either.
    #[must_use]
    pub const fn or(self, other: Noun) -> Noun {
        Noun(self.0 | other.0)
    }

    /// Whether it means one person.
    pub fn is_person(self) -> bool {
        self.is(Self::CHIEF.or(Self::OFFICE).or(Self::PERSON).or(Self::MAN).or(Self::WOMAN))
    }

    /// The sex of whom it means.
    pub fn sex(self) -> Option<Sex> {
        match (self.is(Self::MAN), self.is(Self::WOMAN)) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => None,
        }
    }

    /// The sex of somebody with this title before the name.
    pub fn title_sex(self) -> Option<Sex> {
        match (self.is(Self::MR), self.is(Self::MS)) {
            (true, false) => Some(Sex::Male),
            (false, true) => Some(Sex::Female),
            _ => self.sex(),
        }
    }
}

static NOUNS: LazyLock<HashMap<String, Noun>> = LazyLock::new(|| {
    let mut out: HashMap<String, Noun> = HashMap::new();
    for row in include_str!("../data/nouns.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((class, words)) = row.split_once('\t') else { continue };
        let Some(class) = Noun::named(class) else { continue };
        for word in words.split_whitespace() {
            let noun = out.entry(word.replace('_', " ")).or_insert(Noun::NONE);
            *noun = noun.or(class);
        }
    }
    out
});

static GIVEN: LazyLock<HashMap<&'static str, Sex>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for row in include_str!("../data/given-names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((sex, names)) = row.split_once('\t') else { continue };
        let sex = if sex == "f" { Sex::Female } else { Sex::Male };
        out.extend(names.split(' ').map(|name| (name, sex)));
    }
    out
});

/// What a noun in the singular and in lower case means.
pub fn noun(word: &str) -> Noun {
    NOUNS.get(word).copied().unwrap_or(Noun::NONE)
}

/// Kinds of bodies, as a set: companies, unions, ministries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bodies(u32);

impl Bodies {
    /// Of no known kind.
    pub const NONE: Bodies = Bodies(0);

    /// Whether any kind is known.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }

    /// Whether the two may mean one body: they share a kind.
    pub fn meets(self, other: Bodies) -> bool {
        self.0 & other.0 != 0
    }

    /// The kinds of both.
    #[must_use]
    pub const fn or(self, other: Bodies) -> Bodies {
        Bodies(self.0 | other.0)
    }
}

static BODIES: LazyLock<HashMap<&'static str, Bodies>> = LazyLock::new(|| {
    let mut out: HashMap<&'static str, Bodies> = HashMap::new();
    let rows = include_str!("../data/bodies.tsv").lines().filter(|line| !line.starts_with('#'));
    for (kind, (_, words)) in rows.filter_map(|row| row.split_once('\t')).enumerate() {
        for word in words.split_whitespace() {
            let bodies = out.entry(word).or_default();
            *bodies = bodies.or(Bodies(1 << kind));
        }
    }
    out
});

/// The kinds of body that a noun in the singular and in lower case means.
pub fn bodies(word: &str) -> Bodies {
    BODIES.get(word).copied().unwrap_or(Bodies::NONE)
}

/// Whose given name this is, where it is nearly always one sex's.
pub fn given_name(word: &str) -> Option<Sex> {
    GIVEN.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_have_classes() {
        assert!(noun("president").is(Noun::CHIEF) && noun("envoy").is_person());
        assert!(noun("ministry").is(Noun::BODY) && !noun("ministry").is_person());
        assert!(noun("prime minister").is(Noun::CHIEF));
        assert_eq!(noun("spokeswoman").sex(), Some(Sex::Female));
        assert_eq!((noun("talk").is(Noun::EVENT), noun("plan")), (true, Noun::NONE));
    }

    #[test]
    fn bodies_of_one_kind_may_be_the_same() {
        let meet = |a: &str, b: &str| bodies(a).meets(bodies(b));
        assert!(meet("federation", "union") && meet("operator", "company") && meet("compact", "bloc"));
        assert!(!meet("union", "company") && !meet("ministry", "court") && !bodies("plan").is_known());
    }

    #[test]
    fn given_names_have_a_sex_where_they_have_one() {
        for (name, sex) in [
            ("Volodymyr", Some(Sex::Male)),
            ("Ursula", Some(Sex::Female)),
            ("Sanae", Some(Sex::Female)),
            ("Mohammed", Some(Sex::Male)),
            ("Nicola", None),
            ("Robin", None),
            ("Moscow", None),
        ] {
            assert_eq!(given_name(name), sex, "{name}");
        }
    }
}
