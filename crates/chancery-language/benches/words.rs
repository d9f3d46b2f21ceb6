//! Words a second of the learned reader on one thread, over paragraphs of a news story's usual length.
//!
//! Needs models/reader.chm; without it there is nothing to measure.

use chancery_language::reader::{Passage, Reader};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SENTENCES: [&str; 5] = [
    "The foreign minister said on Tuesday that his government would not sign before the prisoners are home .",
    "Negotiators met for six hours in Geneva , their third round this month , and left without a joint statement .",
    "“ We are closer than we were , ” an adviser to the president told reporters , “ but the hard part begins now .",
    "Both sides accuse each other of shelling the port , which handled 40 % of the country 's grain exports last year .",
    "A spokeswoman for the ministry did n't comment .",
];

fn words(criterion: &mut Criterion) {
    let Ok(reader) = Reader::embedded() else { return };
    let paragraphs: Vec<Vec<&str>> = (0..60)
        .map(|i| (0..1 + i % 4).flat_map(|j| SENTENCES[(i + j) % SENTENCES.len()].split(' ')).collect())
        .collect();
    let passages: Vec<Passage> = paragraphs
        .iter()
        .map(|tokens| Passage { tokens, breaks: &[], sentences_known: false, leanings: &[] })
        .collect();
    let count: usize = paragraphs.iter().map(Vec::len).sum();
    let mut group = criterion.benchmark_group("reader");
    group.throughput(Throughput::Elements(count as u64)).sample_size(10);
    group.bench_function("words", |bencher| bencher.iter(|| reader.read(&passages)));
    group.finish();
}

criterion_group!(benches, words);
criterion_main!(benches);
