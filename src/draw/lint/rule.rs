//! The rules that a drawing is held against, each by a name, and what breaks them.

/// A rule that every drawing follows before it is shown to anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    /// Every text stands on the sheet.
    TextOnSheet,
    /// No text is smaller than can be read on a page.
    LegibleSize,
    /// The face has a shape for every sign.
    KnownSigns,
    /// No number is written as programs write it.
    NumbersForPeople,
    /// No line runs through a text without a halo, and no line across rows of words through any.
    NoLineThroughText,
    /// No two texts touch.
    TextsApart,
    /// A value stands nearer to its own marker than to any other, or a line leads to it.
    ValueAtItsMarker,
    /// Values of one year stand in the order of their markers.
    ValuesInOrder,
    /// Two values do not read as one number.
    ValuesApart,
    /// Every mark stands on the sheet.
    MarkOnSheet,
    /// Every mark of a plot stands in it.
    MarkInPlot,
    /// A chart shows something: a surface, or a line in a plot.
    SomethingDrawn,
    /// A star beside a value is explained in the footer.
    StarExplained,
    /// Lines can be told from the ground.
    VisibleLine,
    /// An axis has few labels.
    FewLabels,
    /// Two values of an axis are not written alike.
    LabelsDiffer,
    /// The name of a row or an axis is not cut off.
    WholeNames,
    /// A log scale begins above zero.
    LogAboveZero,
    /// Bars begin at zero, or their lengths would lie.
    BarsFromZero,
    /// A scale has a width.
    WideScale,
    /// A title is short.
    ShortTitle,
    /// A title takes few lines.
    FewTitleLines,
    /// A title ends without a full stop.
    NoFullStop,
    /// Numbers of a title made by the program are among the plotted ones.
    TitleFromNumbers,
    /// A direction has one share: that of the title and that of the class of this name are the same.
    OneShareADirection,
    /// The footer says source, paths, seed and version, and that nothing is forecast.
    WholeFooter,
    /// Amounts in yuan or in prices of a year say by which rate and which inflation.
    MoneyStated,
    /// The alt text is there, and no essay.
    AltText,
    /// The alt text says a value once.
    AltOnce,
    /// A sign that is drawn is explained, and one that is explained is drawn.
    SignsExplained,
    /// A ramp of colours says which values its ends are.
    LegendEnds,
    /// Texts can be told from what is behind them.
    Contrast,
}

/// A place where a drawing breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub rule: Rule,
    /// What is wrong, for whoever has to mend it.
    pub words: String,
}

impl Rule {
    /// The fault of breaking the rule in this way.
    pub(crate) fn broken(self, words: impl Into<String>) -> Fault {
        Fault { rule: self, words: words.into() }
    }
}
