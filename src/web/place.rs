//! Where the card stands: beside its anchor, inside the viewport.

/// Edges in CSS pixels, from the viewport's top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edges {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Edges {
    /// True when the point lies inside or at most `slack` beside.
    pub fn holds(&self, x: f64, y: f64, slack: f64) -> bool {
        (self.left - slack..=self.right + slack).contains(&x)
            && (self.top - slack..=self.bottom + slack).contains(&y)
    }

    /// True for edges that a reader sees at the same place.
    pub fn is_at(&self, other: &Edges) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 1.0;
        near(self.left, other.left)
            && near(self.top, other.top)
            && near(self.right, other.right)
            && near(self.bottom, other.bottom)
    }

    /// The same edges, so much further right and down.
    pub fn moved(self, (right, down): (f64, f64)) -> Self {
        Edges {
            left: self.left + right,
            top: self.top + down,
            right: self.right + right,
            bottom: self.bottom + down,
        }
    }
}

/// Width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    pub width: f64,
    pub height: f64,
}

/// Between anchor and card; small enough that a pointer crosses it.
const GAP: f64 = 6.0;
/// Between card and viewport.
const MARGIN: f64 = 8.0;

/// The top left corner of a card: under the anchor, above it where there is more room,
/// and never outside what is seen on the left or the top.
pub(super) fn place(anchor: Edges, card: Size, seen: Edges) -> (f64, f64) {
    let below = seen.bottom - anchor.bottom - GAP - MARGIN;
    let above = anchor.top - seen.top - GAP - MARGIN;
    let top = if card.height <= below || below >= above {
        anchor.bottom + GAP
    } else {
        anchor.top - GAP - card.height
    };
    let left = anchor.left.min(seen.right - MARGIN - card.width);
    (left.max(seen.left + MARGIN), top.max(seen.top + MARGIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEWPORT: Edges = Edges { left: 0.0, top: 0.0, right: 360.0, bottom: 640.0 };
    const CARD: Size = Size { width: 200.0, height: 150.0 };

    fn at(left: f64, top: f64) -> Edges {
        Edges { left, top, right: left + 40.0, bottom: top + 20.0 }
    }

    #[test]
    fn stands_under_its_anchor() {
        assert_eq!(place(at(20.0, 100.0), CARD, VIEWPORT), (20.0, 126.0));
    }

    #[test]
    fn flips_above_where_the_bottom_is_near() {
        assert_eq!(place(at(20.0, 600.0), CARD, VIEWPORT), (20.0, 444.0));
    }

    #[test]
    fn a_point_may_miss_by_the_slack() {
        assert!(at(20.0, 100.0).holds(61.0, 100.0, 1.5));
        assert!(!at(20.0, 100.0).holds(62.0, 100.0, 1.5));
        assert!(at(20.0, 100.0).moved((10.0, 0.0)).holds(71.0, 100.0, 1.5));
    }

    #[test]
    fn a_reader_does_not_see_less_than_a_pixel() {
        assert!(at(20.0, 100.0).is_at(&at(20.02, 99.98)));
        assert!(!at(20.0, 100.0).is_at(&at(20.0, 101.0)));
    }

    #[test]
    fn stays_inside() {
        assert_eq!(place(at(330.0, 100.0), CARD, VIEWPORT).0, 152.0);
        let wide = Size { width: 900.0, height: 900.0 };
        assert_eq!(place(at(330.0, 300.0), wide, VIEWPORT).0, 8.0);
        assert!(place(at(0.0, 300.0), wide, VIEWPORT).1 >= 8.0);
    }

    #[test]
    fn stays_in_the_part_that_a_zoom_shows() {
        let seen = Edges { left: 100.0, top: 200.0, right: 280.0, bottom: 520.0 };
        assert_eq!(place(at(120.0, 210.0), Size { width: 150.0, height: 90.0 }, seen), (120.0, 236.0));
        assert_eq!(place(at(240.0, 490.0), Size { width: 150.0, height: 90.0 }, seen), (122.0, 394.0));
    }
}
