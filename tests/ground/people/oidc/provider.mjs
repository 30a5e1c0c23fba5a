// A certified OpenID provider plays an e-ID broker: it logs in without questions whom the test has named, at the level
// it has named. `node provider.mjs FOLDER PORT RETURN_ADDRESS...`; POST /play {"who", "acr", "number"} changes the part.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const [folder, port, ...returns] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/package.json`));
const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const NUMBER = 'https://id.oidc.se/claim/personalIdentityNumber';
const LOA = 'http://id.elegnamnden.se/loa/1.0/loa';
let part = { who: 'anna', acr: `${LOA}3`, number: '198507099805' };
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: 'samskapa', client_secret: 'a-secret:with/odd+signs-in-it', redirect_uris: returns,
    token_endpoint_auth_method: 'client_secret_basic' }],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  scopes: ['openid', 'https://id.oidc.se/scope/naturalPersonNumber'],
  claims: { openid: ['sub'], acr: null, 'https://id.oidc.se/scope/naturalPersonNumber': [NUMBER, 'name'] },
  acrValues: [`${LOA}2`, `${LOA}3`, `${LOA}4`],
  cookies: { keys: ['a-key-for-tests'] },
  async findAccount(ctx, sub) {
    return { accountId: sub, claims: async () => ({ sub, name: 'Anna Ek', [NUMBER]: part.number || undefined }) };
  },
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid https://id.oidc.se/scope/naturalPersonNumber');
    await grant.save();
    return grant;
  },
});
provider.use(async (ctx, next) => {
  if (ctx.path === '/play') {
    let body = '';
    for await (const piece of ctx.req) body += piece;
    part = { ...part, ...JSON.parse(body) };
    ctx.body = {};
  } else if (ctx.path.startsWith('/interaction/')) {
    await provider.interactionDetails(ctx.req, ctx.res);
    const login = { accountId: part.who, acr: part.acr };
    ctx.respond = false;
    await provider.interactionFinished(ctx.req, ctx.res, { login });
  } else await next();
});
provider.listen(Number(port), '127.0.0.1', () => console.log('up'));
