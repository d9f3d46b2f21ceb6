//! Who said what, in which words.
//!
//! Two sources of evidence: labels of the learned reader, which give spans, and the structure of sentences, which settles bounds, fills
//! what the labels miss, and tells who is meant. Scare quotes, titles and terms in quotation marks are no statements.

mod charges;
mod circumstances;
mod coordinated;
mod draft;
mod frames;
mod gloss;
mod issuer;
mod labels;
mod occasion;
mod pairs;
mod quotes;
mod settle;
mod speech;

pub(crate) use occasion::settle as settle_occasions;

use chancery_model::{Reading, Statement};

use crate::Text;

/// Every statement of the text, by where its content begins.
pub(crate) fn read(text: &Text<'_>, reading: &Reading) -> Vec<Statement> {
    let quotes = quotes::Quotes::new(text);
    let drafts = labels::joined(text, &quotes, labels::drafts(text, &quotes), frames::drafts(text, &quotes));
    let drafts = speech::completed(text, &quotes, drafts);
    let drafts = drafts
        .into_iter()
        .map(|draft| coordinated::settled(text, draft))
        .map(|mut draft| {
            // What stands beside "according to" is a sentence of the reporter's with all its glosses.
            let whole = settle::is_source_words(text, &draft);
            let told = circumstances::without_venue(text, &quotes, std::mem::take(&mut draft.content));
            let told = if whole { told } else { gloss::left_out(text, &quotes, told) };
            draft.content = frames::trimmed(text, told);
            draft
        })
        .collect();
    settle::settled(text, reading, &quotes, drafts)
}
