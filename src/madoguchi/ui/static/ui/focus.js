// The one script of the forms: puts the focus on the error summary, so that it is read out first.
document.querySelector(".errors")?.focus();
