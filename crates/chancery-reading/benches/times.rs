//! Words a second of the reading of one article, its times among them, on one thread; the grammar is read before the clock starts.
//!
//! Needs models/reader.chm; without it there is nothing to measure.

use chancery_language::document::{DocReader, lines};
use chancery_language::reader::Reader;
use chancery_model::{Article, Basis, Date, Id, Language, PageId, PageSpan, Published, SourceMap, Span};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const PARAGRAPHS: [&str; 4] = [
    "The foreign minister said on Tuesday that his government would sign early next week, two days before the truce ends.",
    "Negotiators met for six hours in Geneva over the weekend, their third round this month, and will return on Dec. 12.",
    "Prices rose 4 percent in the third quarter, up from 2 percent a year earlier, and have fallen since last Friday.",
    "The port was shelled overnight into Saturday, nearly four years after the siege of February 2022 had begun.",
];

fn times(criterion: &mut Criterion) {
    let Ok(reader) = Reader::embedded() else { return };
    let text = (0..40).map(|n| PARAGRAPHS[n % PARAGRAPHS.len()]).collect::<Vec<_>>().join("\n\n");
    let article = article(text);
    let Some(doc) = DocReader::new(reader).read(&article).doc else { return };
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Elements(doc.tokens.len() as u64)).sample_size(20);
    group.bench_function("article", |bencher| bencher.iter(|| chancery_reading::read(&article, &doc)));
    group.finish();
}

fn article(text: String) -> Article {
    let page = PageId::of(text.as_bytes());
    let body = Span { start: 0, end: text.len() as u32 };
    let published = Date::new(2025, 12, 2).expect("a day of the calendar");
    Article {
        id: Id::of('a', &[&page.0]),
        page,
        map: SourceMap::verbatim(PageSpan { start: body.start, end: body.end }),
        body,
        blocks: lines(&text),
        title: None,
        dateline: None,
        published: Published { when: Ok(published.into()), basis: Some(Basis::Metadata), cite: None },
        byline: Vec::new(),
        agency: None,
        outlet: None,
        language: Language::ENGLISH,
        url: None,
        text,
    }
}

criterion_group!(benches, times);
criterion_main!(benches);
