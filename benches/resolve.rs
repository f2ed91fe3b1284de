//! Who is who by itself, beside the whole way, and on texts of nothing but names, one of a megabyte
//! and one an eighth as long. All texts are made here: `cargo bench --bench resolve` needs none.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use mingzhu::{Annotator, Assets, Context, Label, Labelled};
use std::hint::black_box;

fn annotator() -> Annotator {
    let asset = |name: &str| {
        let path = format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let (dictionary, gazetteer, model) = (asset("dictionary.mz"), asset("gazetteer.mz"), asset("model.mz"));
    let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
    Annotator::load(assets).expect("shipped")
}

/// The paragraphs of the demo page.
fn articles() -> String {
    let page = include_str!("../www/index.html");
    let paragraphs = page.split("<p").skip(1).filter_map(|part| part.split_once('>')?.1.split_once("</p>"));
    let words = |html: &str| html.split('<').map(|part| part.rsplit('>').next().unwrap_or(part)).collect();
    paragraphs.map(|(html, _)| words(html)).collect::<Vec<String>>().join("\n")
}

/// Lengths of texts of names, in bytes.
const SHORT: usize = 125_000;
const LONG: usize = 8 * SHORT;

/// A text of names of about so many bytes, a quarter of them nobody else's.
fn names(bytes: usize) -> (String, Vec<Labelled>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let kinds = [
        ("王小", Label::Person),
        ("滨州市", Label::Place),
        ("市妇联", Label::Organization),
        ("局长", Label::Title),
    ];
    for i in 0.. {
        if text.len() >= bytes {
            break;
        }
        let (written, label) = kinds[i % kinds.len()];
        let start = text.len() as u32;
        text.push_str(written);
        if label == Label::Person {
            text.extend(char::from_u32(0x4E00 + (i as u32 * 7) % 20_000));
        }
        spans.push(Labelled { start, end: text.len() as u32, label, score: 1.0 });
        text.push('、');
    }
    (text, spans)
}

fn resolving(criterion: &mut Criterion) {
    let annotator = annotator();
    let context = Context::default();
    let text = articles();
    let house = annotator.guidelines().first().expect("every model has one");
    let labels = annotator.label(&text, house).expect("its own guideline");
    let mut group = criterion.benchmark_group("who is who");
    group.sample_size(20).throughput(Throughput::Elements(text.chars().count() as u64));
    group.bench_function("resolve", |b| {
        b.iter(|| annotator.resolve(black_box(&text), labels.clone(), &context))
    });
    group.bench_function("annotate", |b| b.iter(|| annotator.annotate(black_box(&text))));
    group.finish();

    // Eight times the names are to take eight times the time.
    let mut group = criterion.benchmark_group("nothing but names");
    group.sample_size(10);
    for bytes in [SHORT, LONG] {
        let (text, spans) = names(bytes);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("resolve", bytes), |b| {
            b.iter(|| annotator.resolve(black_box(&text), spans.clone(), &context));
        });
        group.bench_function(BenchmarkId::new("annotate", bytes), |b| {
            b.iter(|| annotator.annotate(black_box(&text)));
        });
    }
    group.finish();
}

criterion_group!(benches, resolving);
criterion_main!(benches);
