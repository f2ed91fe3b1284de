//! How light a colour is, as style sheets compute it.

/// Lightness as that of a grey of sRGB, and opacity, both from 0 to 1; `None` for a form not known.
pub(super) fn lightness(colour: &str) -> Option<(f64, f64)> {
    let (form, inside) = colour.trim_end().strip_suffix(')')?.split_once('(')?;
    let mut parts = inside.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let space = if form == "color" { parts.next()? } else { form };
    let numbers: Vec<f64> = parts.map(number).collect();
    let &[first, second, third, ref rest @ ..] = numbers.as_slice() else { return None };
    let luma = 0.299 * first + 0.587 * second + 0.114 * third;
    let lightness = match space {
        "rgb" | "rgba" => luma / 255.0,
        "oklab" | "oklch" => first.max(0.0).powf(1.36),
        "lab" | "lch" => (first.max(0.0) / 100.0).powf(1.1),
        "srgb-linear" => luma.max(0.0).powf(1.0 / 2.2),
        "xyz" | "xyz-d50" | "xyz-d65" => second.max(0.0).powf(1.0 / 2.2),
        _ if form == "color" => luma,
        _ => return None,
    };
    Some((lightness, rest.first().copied().unwrap_or(1.0)))
}

/// `none` is nothing of it.
fn number(part: &str) -> f64 {
    part.parse().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::lightness;

    #[test]
    fn every_form_tells_light_from_dark() {
        let light = [
            "rgb(255, 255, 255)",
            "rgb(250 250 240 / 0.9)",
            "oklch(0.9 0.02 none)",
            "oklab(0.8 0 0)",
            "lab(90 0 0)",
            "lch(95 10 200)",
            "color(srgb 0.9 0.9 0.9)",
            "color(display-p3 1 1 0.9 / 0.8)",
            "color(srgb-linear 0.4 0.4 0.4)",
            "color(xyz-d65 0.4 0.4 0.4)",
        ];
        let dark = [
            "rgb(0, 0, 0)",
            "rgba(17, 17, 17, 1)",
            "oklch(0.2 0.02 250)",
            "oklab(0.3 0 0)",
            "lab(15 0 0)",
            "lch(20 30 40)",
            "color(srgb 0.1 0.1 0.1)",
            "color(srgb-linear 0.1 0.1 0.1)",
            "color(xyz 0.1 0.1 0.1)",
        ];
        for (colours, is_light) in [(&light[..], true), (&dark[..], false)] {
            for colour in colours {
                let (lightness, opacity) = lightness(colour).unwrap();
                assert_eq!((lightness > 0.5, opacity > 0.5), (is_light, true), "{colour}");
            }
        }
    }

    #[test]
    fn a_grey_in_the_middle_is_there_in_every_form() {
        let greys = [
            "rgb(128, 128, 128)",
            "oklch(0.598 0 0)",
            "lab(53.6 0 0)",
            "color(srgb-linear 0.214 0.214 0.214)",
        ];
        for grey in greys {
            assert!((lightness(grey).unwrap().0 - 0.5).abs() < 0.02, "{grey}");
        }
    }

    #[test]
    fn what_is_no_colour_tells_nothing() {
        for colour in ["", "transparent", "rgb", "rgb(1)", "color()", "url(x) 1 2 3", "var(--a, 1, 2, 3)"] {
            assert_eq!(lightness(colour), None, "{colour}");
        }
        assert_eq!(lightness("rgba(0, 0, 0, 0)"), Some((0.0, 0.0)));
    }
}
