/* global SwaggerUIBundle */
// A browser session writes only with its CSRF token, which it finds in a cookie of its own.
const csrfToken = () => document.cookie.match(/(?:^|; )csrf_token=([^;]*)/)?.[1];

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  requestInterceptor: (request) => {
    const writes = !["GET", "HEAD", "OPTIONS"].includes((request.method ?? "GET").toUpperCase());
    const token = csrfToken();
    if (writes && token && !request.headers.Authorization) request.headers["X-CSRF-Token"] = token;
    return request;
  },
});
