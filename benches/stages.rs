//! Each stage by itself, and the whole way, on the articles of the demo page.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mingzhu::gazetteer::Gazetteer;
use mingzhu::office;
use mingzhu::segment::{Dictionary, Segmenter};
use mingzhu::tagger::{Features, Tagger};
use mingzhu::text::{Normalized, sentences};
use mingzhu::{Annotator, Assets};
use std::hint::black_box;

fn asset(name: &str) -> Vec<u8> {
    let path = format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The paragraphs of the demo page.
fn articles() -> String {
    let page = include_str!("../www/index.html");
    let paragraphs = page.split("<p").skip(1).filter_map(|part| part.split_once('>')?.1.split_once("</p>"));
    let words = |html: &str| html.split('<').map(|part| part.rsplit('>').next().unwrap_or(part)).collect();
    paragraphs.map(|(html, _)| words(html)).collect::<Vec<String>>().join("\n")
}

fn stages(criterion: &mut Criterion) {
    let (dictionary, gazetteer, model) = (asset("dictionary.mz"), asset("gazetteer.mz"), asset("model.mz"));
    let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
    let text = articles();
    let characters = text.chars().count() as u64;
    println!("{characters} characters");

    let mut load = criterion.benchmark_group("load");
    load.sample_size(10);
    let read_dictionary = || Dictionary::read("dictionary.mz", &dictionary).expect("shipped");
    load.bench_function("dictionary", |b| b.iter(|| Segmenter::new(read_dictionary())));
    load.bench_function("gazetteer", |b| b.iter(|| Gazetteer::read("gazetteer.mz", &gazetteer)));
    load.bench_function("model", |b| b.iter(|| Tagger::read("model.mz", &model)));
    load.bench_function("everything", |b| b.iter(|| Annotator::load(assets)));
    load.finish();

    let read = read_dictionary();
    let simplifier = read.simplifier.clone();
    let segmenter = Segmenter::new(read);
    let gazetteer = Gazetteer::read("gazetteer.mz", &gazetteer).expect("shipped");
    let tagger = Tagger::read("model.mz", &model).expect("shipped");
    let annotator = Annotator::load(assets).expect("shipped");
    let normalized: Normalized = simplifier.normalize(&text);
    let ranges = sentences(&normalized);
    let features =
        |range: &std::ops::Range<usize>| Features::read(&normalized, range.clone(), &segmenter, &gazetteer);
    let read: Vec<Features> = ranges.iter().map(features).collect();
    let house = annotator.guidelines().first().expect("every model has one");
    let labels = annotator.label(&text, house).expect("its own guideline");

    let mut stage = criterion.benchmark_group("stage");
    stage.throughput(Throughput::Elements(characters)).sample_size(20);
    stage.bench_function("normalise", |b| b.iter(|| simplifier.normalize(black_box(&text))));
    stage.bench_function("sentences", |b| b.iter(|| sentences(black_box(&normalized))));
    stage.bench_function("segment", |b| b.iter(|| annotator.segment(black_box(&text))));
    stage.bench_function("features", |b| b.iter(|| ranges.iter().map(features).collect::<Vec<_>>()));
    stage.bench_function("emissions", |b| {
        let mut run = tagger.run();
        b.iter(|| read.chunks(4).map(|features| run.emissions(features, 0)[0]).sum::<f32>());
    });
    stage.bench_function("tag", |b| {
        let mut run = tagger.run();
        b.iter(|| read.chunks(4).map(|features| run.tag(features, 0).len()).sum::<usize>());
    });
    stage.bench_function("offices", |b| b.iter(|| office::attach(black_box(&text), &labels)));
    stage.bench_function("annotate", |b| b.iter(|| annotator.annotate(black_box(&text))));
    stage.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
