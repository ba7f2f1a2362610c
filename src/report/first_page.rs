//! The first page of a report, made to be printed on one side: finding, numbers, two figures, what changed, what would have
//! to be true, caveats.

use crate::wording::Text;

/// What stands on the first page besides title, tiles and figures; the rest of the report is its appendix.
#[derive(Clone, Debug, Default)]
pub struct FirstPage {
    /// The finding in full.
    pub lead: Vec<Text>,
    /// What differs from the baseline, or what moved the gap in the last observed year.
    pub changed: Vec<Text>,
    /// What would have to be true.
    pub true_if: Vec<Text>,
    /// What the numbers rest on and leave out.
    pub caveats: Vec<Text>,
}

/// Most sentences of the finding, so that two figures have room below it.
const MOST_LEAD: usize = 2;
/// Most paragraphs below a heading.
const MOST: usize = 3;
/// Most paragraphs of caveats, beside what is never counted.
const MOST_CAVEATS: usize = 2;

impl FirstPage {
    /// The page as long as one side of paper holds; what is cut here stands in the appendix.
    #[must_use]
    pub fn cut(mut self) -> Self {
        self.lead.truncate(MOST_LEAD);
        if self.changed.len() > MOST {
            self.changed = vec![Text::joined(self.changed, " ")];
        }
        self.true_if.truncate(MOST);
        self.caveats.truncate(MOST_CAVEATS);
        self
    }

    /// Every sentence of the page.
    pub fn sentences(&self) -> impl Iterator<Item = &Text> {
        [&self.lead, &self.changed, &self.true_if, &self.caveats].into_iter().flatten()
    }
}
