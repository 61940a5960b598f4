// The browsable page of the API: the description is this server's, and so are the page's files.

/* global SwaggerUIBundle */
window.docs = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  // The server that sends the page is the one that is asked; nothing is sent elsewhere.
  validatorUrl: null,
});
