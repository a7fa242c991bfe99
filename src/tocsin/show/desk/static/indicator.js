// The editor: Ctrl+Enter is a dry run.
"use strict";
document.getElementById("yaml").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.getElementById("dry-run").click();
});
