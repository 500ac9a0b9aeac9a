//! What can be said of Chinese words without a dictionary of them: normal forms.

pub mod normal;
