//! Sides that follow from words: the adjective of a place in somebody's office, or in the name of a body.

use std::collections::{BTreeMap, HashMap};

use chancery_model::{Entity, EntityKind};

use super::super::names::fold_name;

/// Whoever's office goes with the adjective of a place that the pages name is on that side: "Veldran president", where Veldra stands
/// in the record.
pub(super) fn by_adjective(entities: &mut [(Entity, Vec<u32>)]) {
    let places = Places::of(entities);
    for (entity, _) in entities.iter_mut().filter(|(e, _)| e.side.is_none()) {
        // "Veldrans", "the Veldran army".
        let first = fold_name(&entity.name).into_iter().next().unwrap_or_default();
        let plain = first.strip_suffix('s').unwrap_or(&first);
        let of = places.with_adjective(plain).find(|(place, name)| *name != entity.name && plain != place);
        if let Some((_, name)) = of {
            entity.side = Some(name.clone());
            continue;
        }
        if entity.kind != EntityKind::Person {
            continue;
        }
        let words: Vec<String> = entity
            .roles
            .iter()
            .filter(|role| !role.former)
            .flat_map(|role| [role.of.as_deref(), Some(role.title.as_str())])
            .flatten()
            .flat_map(fold_name)
            .collect();
        let mut sides: BTreeMap<&str, usize> = BTreeMap::new();
        for word in &words {
            if let Some((_, name)) = places.with_adjective(word).next() {
                *sides.entry(name).or_default() += 1;
            }
        }
        if let [(only, _)] = sides.into_iter().collect::<Vec<_>>()[..] {
            entity.side = Some(only.to_owned());
        }
    }
}

/// Letters of a place's name that its adjective keeps, at least.
const MIN_STEM: usize = 4;

/// What makes an adjective of a place's stem.
const ENDINGS: [&str; 11] = ["n", "an", "ian", "ean", "ish", "ese", "i", "y", "ic", "ite", "er"];

/// Places and bodies of one word, found by the words made of their names.
struct Places {
    /// Folded name and name.
    list: Vec<(String, String)>,
    /// By folded name, and by stem.
    by_name: HashMap<String, Vec<u32>>,
    by_stem: HashMap<String, Vec<u32>>,
}

impl Places {
    fn of(entities: &[(Entity, Vec<u32>)]) -> Self {
        let mut places = Self { list: Vec::new(), by_name: HashMap::new(), by_stem: HashMap::new() };
        for (entity, _) in entities {
            if !matches!(entity.kind, EntityKind::Place | EntityKind::Organization) {
                continue;
            }
            if let [one] = &fold_name(&entity.name)[..]
                && one.len() >= MIN_STEM
            {
                places.take(one, &entity.name);
            }
        }
        places
    }

    fn take(&mut self, folded: &str, name: &str) {
        let at = self.list.len() as u32;
        self.list.push((folded.to_owned(), name.to_owned()));
        self.by_name.entry(folded.to_owned()).or_default().push(at);
        let stem = folded.trim_end_matches(['a', 'e', 'i', 'o', 'y']);
        if stem.len() >= MIN_STEM {
            self.by_stem.entry(stem.to_owned()).or_default().push(at);
        }
    }

    /// The places that a folded word is the name of, or an adjective made of it, in their order.
    fn with_adjective(&self, word: &str) -> impl Iterator<Item = &(String, String)> {
        let stems = ENDINGS.iter().filter_map(|end| self.by_stem.get(word.strip_suffix(end)?));
        let mut found: Vec<u32> =
            self.by_name.get(word).into_iter().chain(stems).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.list[at as usize])
    }
}
