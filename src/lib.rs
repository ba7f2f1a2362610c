//! aigap: what would have to be true for the US–China AI funding gap to close?
