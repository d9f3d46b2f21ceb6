//! The examples of the lexicon's stance predicates, read by the reader itself.

use chancery_language::document::DocReader;
use chancery_language::reader::Reader;
use chancery_lexicon::stances::StancePredicates;
use chancery_model::{Article, Block, BlockKind, Language, PageId, PageSpan, Published, SourceMap, Span};

fn article(text: &str) -> Article {
    let page = PageId::of(text.as_bytes());
    Article {
        id: Article::id_of(page, PageSpan::new(0, text.len())),
        page,
        text: text.to_owned(),
        map: SourceMap::verbatim(PageSpan::new(0, text.len())),
        body: Span::new(0, text.len()),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
        title: None,
        dateline: None,
        published: Published::unknown("the page gives no date"),
        byline: Vec::new(),
        agency: None,
        outlet: None,
        language: Language::ENGLISH,
        url: None,
    }
}

#[test]
fn lexicon_examples_are_read_as_they_say() {
    let reader = DocReader::new(Reader::embedded().expect("the weights are part of the program"));
    let mut wrong = Vec::new();
    for (act, sentence, wanted) in StancePredicates::built_in().examples() {
        let article = article(sentence);
        let doc = reader.read(&article).doc.expect("English is read");
        let reading = chancery_reading::read(&article, &doc);
        let found = reading.stances.iter().any(|stance| stance.act.word() == act);
        if found != *wanted {
            wrong.push(format!("{act} {}: {sentence}", if *wanted { "not found in" } else { "found in" }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
