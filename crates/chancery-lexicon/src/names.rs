//! Names that the shape of a line hangs on: places where news is written, and the agencies that write it.
//!
//! These lists settle whether words *can* be a place or an agency. They do not say which place, and they know no people.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static CITIES: LazyLock<HashSet<String>> = LazyLock::new(|| listed(include_str!("../data/cities.txt")));
static REGIONS: LazyLock<HashSet<String>> = LazyLock::new(|| listed(include_str!("../data/regions.txt")));
static AGENCIES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(agencies);

/// The lines of a list, folded; `#` begins a comment.
fn listed(file: &'static str) -> HashSet<String> {
    file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(fold).collect()
}

/// Lower case without the accents of the Latin letters, so that "SAO PAULO" finds "São Paulo".
fn fold(name: &str) -> String {
    name.chars().flat_map(char::to_lowercase).map(plain).collect()
}

fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ț' | 'ť' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ł' => 'l',
        'đ' => 'd',
        'ğ' => 'g',
        'ř' => 'r',
        '’' | '‘' | 'ʻ' => '\'',
        c => c,
    }
}

fn agencies() -> HashMap<&'static str, &'static str> {
    let mut out = HashMap::new();
    for line in include_str!("../data/agencies.tsv").lines().filter(|l| !l.starts_with('#')) {
        let (name, others) = line.split_once('\t').unwrap_or((line, ""));
        let name = name.trim();
        for other in others.split('|').map(str::trim).chain([name]).filter(|o| !o.is_empty()) {
            out.insert(other, name);
        }
    }
    out
}

/// Whether a city, or another place where news is written, has this name. Case and accents do not matter.
pub fn is_city(name: &str) -> bool {
    CITIES.contains(&fold(name))
}

/// Whether a country, state or region has this name or abbreviation. Case and accents do not matter.
pub fn is_region(name: &str) -> bool {
    REGIONS.contains(&fold(name))
}

/// The agency of this name, under the name it has on the record. Case matters.
pub fn agency(name: &str) -> Option<&'static str> {
    AGENCIES.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_known_in_any_case() {
        for yes in ["Kyiv", "KYIV", "São Paulo", "SAO PAULO", "New Delhi", "Port-au-Prince", "THE HAGUE"] {
            assert!(is_city(yes), "{yes}");
        }
        for no in ["Exclusive", "NOTE", "Update", "Talks"] {
            assert!(!is_city(no), "{no}");
        }
        assert!(is_region("Ukraine") && is_region("Wis.") && is_region("N.Y.") && !is_region("Talks"));
    }

    #[test]
    fn agencies_have_one_name_on_the_record() {
        assert_eq!(agency("The Associated Press"), Some("AP"));
        assert_eq!(agency("Agence France-Presse"), Some("AFP"));
        assert_eq!(agency("afp"), None);
        assert_eq!(agency("The Harbour Post"), None);
    }
}
