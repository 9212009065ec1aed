/* global Redoc */
// The search would run in a worker made of a blob, which the policy does not allow.
Redoc.init("/openapi.json", { disableSearch: true, hideDownloadButton: false }, document.getElementById("redoc"));
