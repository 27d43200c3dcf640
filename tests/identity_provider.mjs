// An organisation's own sign-in, for tests: a real OpenID Connect provider on loopback, with a page where one says who one is.
// node tests/identity_provider.mjs PORT CLIENT_ID CLIENT_SECRET REDIRECT_URI …
import { createServer } from "node:http"
import Provider from "oidc-provider"

const [port, client_id, client_secret, ...redirect_uris] = process.argv.slice(2)
const issuer = `http://127.0.0.1:${port}`

const provider = new Provider(issuer, {
  clients: [{ client_id, client_secret, redirect_uris, grant_types: ["authorization_code"], response_types: ["code"] }],
  pkce: { required: () => true, methods: ["S256"] },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ["only for tests"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true }) }),
  interactions: { url: (_, interaction) => `/who/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
    grant.addOIDCScope("openid email profile")
    await grant.save()
    return grant
  },
})
// Loopback speaks plain http, and so do its cookies.
provider.proxy = false

const page = `<!doctype html><html lang="en"><title>Fellside sign-in</title><main><h1>Fellside sign-in</h1>
<form method="post"><label>Who are you? <input name="who"></label><button>Go on</button></form>
<form method="post"><button name="away" value="1">Turn back</button></form></main>`

createServer(async (request, response) => {
  if (!request.url.startsWith("/who/")) return provider.callback()(request, response)
  if (request.method !== "POST") return response.setHeader("Content-Type", "text/html").end(page)
  let body = ""
  for await (const part of request) body += part
  const said = new URLSearchParams(body)
  const result = said.get("away") ? { error: "access_denied" } : { login: { accountId: said.get("who") } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}).listen(Number(port), "127.0.0.1", () => console.log("ready"))
