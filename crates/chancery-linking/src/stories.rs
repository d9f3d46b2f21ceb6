//! Stories: which articles are about the same running matter.
//!
//! ```text
//! Carried* ──features──▶ words and names, weighted ──likeness──▶ pairs ──groups──▶ stories
//! ```
//!
//! Articles are compared by their words and names, weighted by how rare these are in English (the lexicon's table) and among the
//! articles themselves; articles far apart in time have to be more alike. Groups are made by average linkage, the most alike first, so
//! the order of the articles does not matter and a chain of half-alike articles does not become one story. This module knows no
//! grammar and no event.

mod features;
mod groups;
mod likeness;

use chancery_model::{Article, Cite, Date, Id, Note, Span, Story};

use crate::{Carried, limits};
use features::Vectors;

/// Articles that are this much alike on average are one story: the threshold that is best on the topics of ECB+.
const ALIKE: f32 = 0.18;
/// Words of a title that is cut from the text, where no article has a headline.
const TITLE_WORDS: usize = 12;

/// The stories among articles, the one with the earliest article first, and what was left out because of a limit. No article is given twice;
/// each is in one story.
pub fn stories(carried: &[Carried<'_>]) -> (Vec<Story>, Vec<Note>) {
    // Whatever order the articles came in, they are looked at in this one.
    let mut carried: Vec<&Carried<'_>> = carried.iter().collect();
    carried.sort_by_key(|carried| carried.article.id);
    let vectors = Vectors::of(&carried);
    let days: Vec<Option<i64>> = carried.iter().map(|c| c.day().map(Date::number)).collect();
    let (pairs, left_out) = likeness::pairs(&vectors, &days);
    let groups = groups::by_average(carried.len(), &pairs, ALIKE);
    let mut stories: Vec<Story> = groups.iter().map(|group| story(&carried, &vectors, group)).collect();
    stories.sort_by_key(|story| (story.from.is_none(), story.from, story.id));
    let with = format!("the {} that its heaviest words favour", likeness::MAX_PARTNERS);
    let notes = [
        limits::not_compared(left_out, "articles, for stories,", &with),
        limits::cut_short(vectors.cut, features::MAX_WORDS, "stories are told"),
    ];
    (stories, notes.into_iter().flatten().collect())
}

fn story(carried: &[&Carried<'_>], vectors: &Vectors, group: &[usize]) -> Story {
    let mut members: Vec<usize> = group.to_vec();
    members.sort_by_key(|at| (carried[*at].day().is_none(), carried[*at].day(), carried[*at].article.id));
    let articles: Vec<Id> = members.iter().map(|at| carried[*at].article.id).collect();
    let days = || members.iter().filter_map(|at| carried[*at].day());
    let mut names: Vec<String> = articles.iter().map(Id::to_string).collect();
    names.sort();
    let parts: Vec<&[u8]> = names.iter().map(String::as_bytes).collect();
    let (from, to): (Option<Date>, Option<Date>) = (days().min(), days().max());
    Story { id: Id::of('t', &parts), title: title(carried, vectors, &members), articles, from, to }
}

/// The headline of the article that is most like the others; opening words where none has a headline.
fn title(carried: &[&Carried<'_>], vectors: &Vectors, members: &[usize]) -> Cite {
    let headline = |at: &&usize| carried[**at].article.title.is_some();
    let with: Vec<usize> = members.iter().filter(headline).copied().collect();
    let among = if with.is_empty() { members } else { &with[..] };
    let centre = vectors.centre(members);
    let mut best = among[0];
    for at in among {
        if vectors.likeness_to(*at, &centre) > vectors.likeness_to(best, &centre) {
            best = *at;
        }
    }
    let article = carried[best].article;
    article.title.clone().unwrap_or_else(|| opening(article))
}

/// The first words of the story.
fn opening(article: &Article) -> Cite {
    let body = article.body_text();
    let start = body.len() - body.trim_start().len();
    let line = body[start..].split('\n').next().unwrap_or_default();
    let words = line.split_whitespace().nth(TITLE_WORDS - 1);
    let end = words
        .map_or(line.trim_end().len(), |last| last.as_ptr() as usize - line.as_ptr() as usize + last.len());
    let base = article.body.start as usize + start;
    article.cite(Span::new(base, base + end))
}
