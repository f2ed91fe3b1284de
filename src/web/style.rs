//! Styles, all in adopted sheets. A site sets `--mingzhu-*` where it wants other colours.

use crate::article::Kind;

/// What a kind is called in registry names, classes and custom properties.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Official => "official",
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Organization => "organization",
    }
}

/// Colours for pages with a light or a dark ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Light,
    Dark,
}

impl Ground {
    /// What `color-scheme` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Ground::Light => "light",
            Ground::Dark => "dark",
        }
    }
}

/// Underline colour (3:1 against the ground), and the tint's red, green, blue.
fn colours(kind: Kind, ground: Ground) -> (&'static str, &'static str) {
    match (ground, kind) {
        (Ground::Light, Kind::Official) => ("#b3261e", "214 64 50"),
        (Ground::Light, Kind::Person) => ("#1f5fae", "52 120 205"),
        (Ground::Light, Kind::Place) => ("#1c7a4d", "40 150 95"),
        (Ground::Light, Kind::Organization) => ("#8a5a00", "200 140 20"),
        (Ground::Dark, Kind::Official) => ("#ff8a7a", "255 110 90"),
        (Ground::Dark, Kind::Person) => ("#83b6ff", "105 165 255"),
        (Ground::Dark, Kind::Place) => ("#6fd3a0", "80 205 140"),
        (Ground::Dark, Kind::Organization) => ("#e8b75a", "235 180 70"),
    }
}

/// Never colour alone: every kind has its own line.
fn line(kind: Kind) -> &'static str {
    match kind {
        Kind::Official => "solid 2px",
        Kind::Person => "solid 1px",
        Kind::Place => "dotted 2px",
        Kind::Organization => "dashed 1px",
    }
}

/// The document's sheet: the painted ranges, unless the page brings their rules (`js/paint.css`), and defaults
/// for legend and index that weigh nothing against the site's own rules.
pub(super) fn document_sheet(ground: Ground, brought: bool) -> String {
    let ranges = if brought { String::new() } else { highlight_rules(ground) };
    ranges + &element_rules(ground) + DEFAULTS
}

/// How one kind is drawn on a ground: `rest` and `active` say how much of its tint there is, the latter on the names of the
/// entity at hand.
struct Look {
    name: &'static str,
    colour: &'static str,
    tint: &'static str,
    line: &'static str,
    rest: &'static str,
    active: &'static str,
}

fn looks(ground: Ground) -> impl Iterator<Item = Look> {
    let (rest, active) = match ground {
        Ground::Light => ("0.13", "0.32"),
        Ground::Dark => ("0.2", "0.42"),
    };
    Kind::ALL.into_iter().map(move |kind| {
        let (colour, tint) = colours(kind, ground);
        Look { name: kind_name(kind), colour, tint, line: line(kind), rest, active }
    })
}

/// For every element of the page: browsers style all of it anew when they come.
fn highlight_rules(ground: Ground) -> String {
    let rules = |Look { name, colour, tint, line, rest, active }| {
        format!(
            "::highlight(mingzhu-reference-{name}){{\
               text-decoration:underline dotted 1px var(--mingzhu-{name}-line,{colour});\
               text-underline-offset:.3em}}\
             ::highlight(mingzhu-{name}),::highlight(mingzhu-active-{name}){{\
               text-decoration:underline {line} var(--mingzhu-{name}-line,{colour});\
               text-underline-offset:.22em}}\
             ::highlight(mingzhu-{name}){{\
               background-color:var(--mingzhu-{name}-tint,rgb({tint} / {rest}))}}\
             ::highlight(mingzhu-active-{name}){{\
               background-color:var(--mingzhu-{name}-active,rgb({tint} / {active}))}}"
        )
    };
    looks(ground).map(rules).collect()
}

/// For elements of ours.
fn element_rules(ground: Ground) -> String {
    let rules = |Look { name, colour, tint, line, rest, active }| {
        format!(
            ":where(.mingzhu-swatch[data-kind={name}],.mingzhu-mention[data-kind={name}]:not([data-reference])){{\
               background-color:var(--mingzhu-{name}-tint,rgb({tint} / {rest}));\
               text-decoration:underline {line} var(--mingzhu-{name}-line,{colour});\
               text-underline-offset:.22em}}\
             :where(.mingzhu-mention[data-kind={name}][data-reference]){{\
               text-decoration:underline dotted 1px var(--mingzhu-{name}-line,{colour});\
               text-underline-offset:.3em}}\
             :where(.mingzhu-mention[data-kind={name}][data-active]){{\
               background-color:var(--mingzhu-{name}-active,rgb({tint} / {active}))}}"
        )
    };
    looks(ground).map(rules).collect()
}

const DEFAULTS: &str = "\
    :where(.mingzhu-mention[tabindex]){cursor:pointer}\
    :where(.mingzhu-mention:focus-visible){outline:2px solid;outline-offset:1px}\
    :where(.mingzhu-legend){display:flex;flex-wrap:wrap;gap:.5em;margin:0;padding:0}\
    :where(.mingzhu-legend button,.mingzhu-index button){\
      font:inherit;color:inherit;background:none;border:1px solid transparent;border-radius:.4em;\
      padding:.25em .5em;min-height:24px;cursor:pointer;text-align:start}\
    :where(.mingzhu-legend button){border-color:currentColor}\
    :where(.mingzhu-legend button[aria-pressed=false]){opacity:.7;text-decoration:line-through}\
    :where(.mingzhu-search){display:block;box-sizing:border-box;width:100%;font:inherit;color:inherit;\
      background:none;border:1px solid;border-radius:.4em;padding:.25em .5em;min-height:24px;margin-block-end:.5em}\
    :where(.mingzhu-group[data-kind=official] .mingzhu-title){display:block}\
    :where(.mingzhu-index ul){list-style:none;margin:0;padding:0}\
    :where(.mingzhu-index [hidden]){display:none}";

/// The card's own sheet, in its shadow root: the page's rules do not reach it, its
/// `--mingzhu-*` properties do.
pub(super) fn card_sheet() -> String {
    let mut sheet = String::from(CARD);
    for ground in [Ground::Light, Ground::Dark] {
        sheet.extend(looks(ground).map(|Look { name, colour, tint, line, .. }| {
            format!(
                ".card[data-ground={}] .kind[data-kind={name}]{{\
                   background-color:rgb({tint} / .16);border-bottom:{line} {colour}}}",
                ground.name()
            )
        }));
    }
    sheet
}

const CARD: &str = "\
    :host{all:initial!important;position:fixed!important;inset:auto!important;margin:0!important;\
      left:var(--mingzhu-card-left,0)!important;top:var(--mingzhu-card-top,0)!important;\
      max-width:min(22rem,calc(100vw - 16px))!important;overflow:visible!important;\
      background:none!important;border:0!important;padding:0!important;z-index:2147483647!important}\
    :host([hidden]){display:none!important}\
    .card{box-sizing:border-box;min-width:13rem;max-height:min(24rem,70vh);overflow:auto;\
      padding:14px 16px 12px;border-radius:10px;border:1px solid var(--border);\
      background:var(--mingzhu-card-background,var(--ground));color:var(--mingzhu-card-color,var(--ink));\
      box-shadow:0 1px 2px rgb(0 0 0 / .08),0 10px 30px rgb(0 0 0 / .18);\
      font:15px/1.55 var(--mingzhu-card-font,system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif)}\
    .card[data-ground=light]{--ground:#fffefb;--ink:#1f1d1a;--muted:#655f57;--border:#d9d3c8;color-scheme:light}\
    .card[data-ground=dark]{--ground:#24211e;--ink:#f1ece4;--muted:#b3aa9d;--border:#4a443d;color-scheme:dark}\
    .card:focus{outline:none}\
    .card:focus-visible{outline:2px solid currentColor;outline-offset:2px}\
    .head{display:flex;align-items:baseline;gap:10px}\
    .name{flex:1;margin:0;font-size:1.25em;line-height:1.35;font-weight:650;\
      font-family:var(--mingzhu-card-heading-font,inherit);overflow-wrap:anywhere}\
    .kind{flex:none;padding:0 6px 1px;font-size:.8em;border-radius:3px 3px 0 0}\
    ul{margin:8px 0 0;padding:0;list-style:none}\
    li{margin:4px 0 0}\
    .at,.path{display:block;color:var(--muted);font-size:.87em}\
    .status{margin-inline-start:.5em;padding:0 .4em;border:1px solid currentColor;border-radius:.6em;font-size:.8em}\
    .fact{margin:8px 0 0;color:var(--muted);font-size:.87em}\
    .foot{display:flex;align-items:center;gap:6px;margin-top:10px;padding-top:8px;\
      border-top:1px solid var(--border);font-size:.87em;color:var(--muted)}\
    .count{flex:1}\
    button{font:inherit;color:inherit;background:none;border:1px solid transparent;border-radius:6px;\
      min-width:28px;min-height:28px;padding:2px 8px;cursor:pointer}\
    button:hover{border-color:var(--border)}\
    button:focus-visible{outline:2px solid currentColor;outline-offset:1px}\
    @media (pointer:coarse){button{min-width:40px;min-height:40px}}\
    @media (pointer:coarse) and (max-width:640px){\
      :host{left:0!important;right:0!important;top:auto!important;bottom:0!important;max-width:none!important;\
        width:100%!important}\
      .card{border-radius:14px 14px 0 0;padding:18px 20px calc(16px + env(safe-area-inset-bottom,0px))}}\
    @media (forced-colors:active){.card{border:2px solid CanvasText}}\
    @media (prefers-reduced-motion:no-preference){.card{animation:appear .12s ease-out}}\
    @keyframes appear{from{opacity:0;transform:translateY(3px)}}\
    @media print{:host{display:none!important}}";

#[cfg(test)]
mod tests {
    use super::{Ground, highlight_rules};

    /// Without comments, white space, and what ends the last declaration of a rule.
    fn bare(css: &str) -> String {
        let code = css.split("/*").map(|part| part.rsplit("*/").next().unwrap_or_default());
        code.collect::<String>().split_whitespace().collect::<String>().replace(";}", "}")
    }

    #[test]
    fn a_page_may_bring_the_rules_for_ranges_on_a_light_ground() {
        let brought = bare(include_str!("../../js/paint.css"));
        let rules = brought.strip_prefix(":root{--mingzhu-painted:light}").unwrap();
        assert_eq!(rules, bare(&highlight_rules(Ground::Light)));
    }
}
