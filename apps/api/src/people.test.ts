import type { Database } from '@cellmixer/database';
import { decodeGlobalID, encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadActor } from './access/load-actor.ts';
import { createInvitedAccount, lookAtInvitation } from './auth/invited-account.ts';
import { readActor } from './auth/read-actor.ts';
import { openAsking } from './testing/asking.ts';
import { type OpenWorld, openWorld } from './testing/open-world.ts';
import type { Who, World } from './testing/world.ts';

let opened: OpenWorld;
let database: Database;
let world: World;
let asking: ReturnType<typeof openAsking>;

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
  asking = openAsking(database);
});
afterAll(() => opened?.[Symbol.asyncDispose]());

const as = (who: Who) => ({ userId: world.actors.get(who)?.userId ?? '' });
const lab = () => encodeGlobalID('Organization', world.organizationId);
const project = () => encodeGlobalID('Project', world.projectId);
const memberOf = async (userId: string) => {
  const row = await database.member.findUniqueOrThrow({
    where: { organizationId_userId: { organizationId: world.organizationId, userId } },
  });
  return encodeGlobalID('Member', row.id);
};
const member = (who: Who) => memberOf(as(who).userId);
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? '';
const invite = (who: Who, input: object) =>
  asking.mutate(as(who), 'invite', { organization: lab(), ...input }, 'link invitation { id email }');

describe('an invitation', () => {
  it('makes an account, a membership and a place in a project, once', async () => {
    const { link } = await invite('owner', {
      email: 'Ada@Lab.example ',
      role: 'MEMBER',
      project: project(),
      projectRole: 'EDITOR',
    });
    const token = tokenOf(link);
    expect(await lookAtInvitation(database, token)).toEqual({
      email: 'ada@lab.example',
      role: 'MEMBER',
      organization: 'Lab A',
      hasAccount: false,
    });
    const body = { token, name: 'Ada', password: 'ten letters' };
    const twice = await Promise.allSettled([
      createInvitedAccount(database, asking.auth, body),
      createInvitedAccount(database, asking.auth, body),
    ]);
    expect(twice.map((end) => end.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { user } = await asking.auth.api.signInEmail({
      body: { email: 'ada@lab.example', password: 'ten letters' },
    });
    const seen = await asking.ask({ userId: user.id }, '{ viewer { name organizations { name } } }');
    expect(seen.viewer).toEqual({ name: 'Ada', organizations: [{ name: 'Lab A' }] });
    const page = `query($id: ID!) { project(id: $id) { name viewerCanEdit viewerCanManage } }`;
    expect(await asking.ask({ userId: user.id }, page, { id: project() })).toEqual({
      project: { name: 'Blasts', viewerCanEdit: true, viewerCanManage: false },
    });
  });

  it('is refused where the password is short, the link wrong, or the person in the lab', async () => {
    const { link } = await invite('admin', { email: 'bo@lab.example', role: 'GUEST' });
    const token = tokenOf(link);
    const body = { token, name: 'Bo', password: 'short' };
    await expect(createInvitedAccount(database, asking.auth, body)).rejects.toThrow(/10 characters/);
    await expect(
      createInvitedAccount(database, asking.auth, { ...body, token: 'x', password: 'ten letters' }),
    ).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
    expect(await invite('admin', { email: 'editor@lab.example', role: 'MEMBER' })).toMatchObject({
      code: 'MEMBER_EXISTS',
    });
    expect(await invite('admin', { email: 'no address', role: 'MEMBER' })).toMatchObject({
      code: 'INPUT_INVALID',
      subject: 'email',
    });
  });

  it('can be taken back', async () => {
    const { link, invitation } = await invite('admin', { email: 'cy@lab.example', role: 'MEMBER' });
    await asking.mutate(as('admin'), 'revokeInvitation', { invitation: invitation.id }, 'invitation { id }');
    await expect(lookAtInvitation(database, tokenOf(link))).rejects.toMatchObject({
      code: 'INVITATION_INVALID',
    });
  });

  it('lets somebody with an account join another lab, and nobody else in their place', async () => {
    const { link } = await invite('owner', { email: 'other-lab@lab.example', role: 'MEMBER' });
    const input = { token: tokenOf(link) };
    expect(
      await asking.mutate(as('viewer'), 'acceptInvitation', input, 'organization { name }'),
    ).toMatchObject({ code: 'INVITATION_FOR_OTHER' });
    expect(await asking.mutate(null, 'acceptInvitation', input, 'organization { name }')).toMatchObject({
      code: 'ACTOR_UNKNOWN',
    });
    expect(
      await asking.mutate(as('other lab'), 'acceptInvitation', input, 'organization { name }'),
    ).toMatchObject({ organization: { name: 'Lab A' } });
  });

  it('is made by admins, by managers into their project, and by nobody else', async () => {
    const into = { email: 'dee@lab.example', role: 'GUEST', project: project() };
    expect((await invite('manager', into)).link).toMatch(/^http:\/\/lab.example\/invitation\?token=/);
    expect((await invite('manager', { ...into, role: 'ADMIN' })).code).toBe('ACTION_FORBIDDEN');
    expect((await invite('manager', { email: 'dee@lab.example', role: 'MEMBER' })).code).toBe(
      'ACTION_FORBIDDEN',
    );
    expect((await invite('editor', into)).code).toBe('ACTION_FORBIDDEN');
    expect((await invite('borrower', into)).code).toBe('ORGANIZATION_NOT_FOUND');
    expect((await invite('admin', { email: 'dee@lab.example', role: 'OWNER' })).code).toBe('OWNER_NEEDED');
  });
});

describe('roles', () => {
  const setRole = async (who: Who, whose: Who, role: string) =>
    asking.mutate(as(who), 'setRole', { member: await member(whose), role }, 'member { role }');

  it('are given by admins; owners by owners; the last owner stays', async () => {
    expect(await setRole('admin', 'member', 'ADMIN')).toMatchObject({ member: { role: 'ADMIN' } });
    expect(await setRole('admin', 'member', 'MEMBER')).toMatchObject({ member: { role: 'MEMBER' } });
    expect((await setRole('admin', 'member', 'OWNER')).code).toBe('OWNER_NEEDED');
    expect((await setRole('admin', 'owner', 'MEMBER')).code).toBe('OWNER_NEEDED');
    expect((await setRole('owner', 'owner', 'ADMIN')).code).toBe('OWNER_LAST');
    expect((await setRole('editor', 'viewer', 'ADMIN')).code).toBe('ACTION_FORBIDDEN');
  });

  it('of a project follow at once, and end', async () => {
    const give = async (who: Who, role: string | null) =>
      asking.mutate(
        as(who),
        'setProjectRole',
        { project: project(), member: await member('member'), role },
        'project { grants(first: 100) { edges { node { role member { person { name } } team { name } } } } }',
      );
    const given = await give('manager', 'VIEWER');
    expect(given.project.grants.edges).toContainEqual({
      node: { role: 'VIEWER', member: { person: { name: 'member' } }, team: null },
    });
    const see = () => asking.ask(as('member'), `{ project(id: "${project()}") { name } }`);
    expect((await see()).project).toEqual({ name: 'Blasts' });
    await give('manager', null);
    await expect(see()).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
    expect((await give('editor', 'VIEWER')).code).toBe('ACTION_FORBIDDEN');
  });

  it('are a team’s people’s', async () => {
    const { team } = await asking.mutate(
      as('admin'),
      'createTeam',
      { organization: lab(), name: 'Night shift', members: [await member('member')] },
      'team { id members { person { name } } }',
    );
    expect(team.members).toEqual([{ person: { name: 'member' } }]);
    const input = { project: project(), team: team.id, role: 'EDITOR' };
    await asking.mutate(as('manager'), 'setProjectRole', input, 'project { id }');
    const ask = () => asking.ask(as('member'), `{ project(id: "${project()}") { viewerCanEdit } }`);
    expect((await ask()).project).toEqual({ viewerCanEdit: true });
    await asking.mutate(as('admin'), 'setTeamMembers', { team: team.id, members: [] }, 'team { id }');
    await expect(ask()).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
  });
});

describe('an address', () => {
  const seenBy = async (who: Parameters<typeof asking.ask>[0]) => {
    const { organization } = await asking.ask(
      who,
      `{ organization(id: "${lab()}") { members(first: 100) { edges { node { isViewer person { name email } } } } } }`,
    );
    const members: { isViewer: boolean; person: { name: string; email: string | null } }[] =
      organization.members.edges.map((edge: { node: object }) => edge.node);
    return members;
  };

  it('is read by members of the lab, and by guests their own alone', async () => {
    for (const who of ['owner', 'manager', 'viewer', 'member'] as const) {
      const members = await seenBy(as(who));
      expect(members.every(({ person }) => person.email !== null)).toBe(true);
    }
    const members = await seenBy(as('guest'));
    expect(members.length).toBeGreaterThan(5);
    expect(members.map(({ person }) => person.name)).toContain('owner');
    expect(members.filter(({ person }) => person.email !== null)).toEqual([
      { isViewer: true, person: { name: 'guest', email: 'guest@lab.example' } },
    ]);
  });

  it('is hidden from a guest wherever people stand, and known again in a lab that both are members of', async () => {
    const grants = `{ project(id: "${project()}") { grants(first: 100) { edges { node {
      member { person { name email } } team { members { person { name email } } } } } } } }`;
    const seen = JSON.stringify(await asking.ask(as('guest'), grants));
    expect(seen).toContain('teammate');
    expect(seen.match(/[\w-]+@lab\.example/g)).toEqual(['guest@lab.example']);
    const shared = await database.organization.create({
      data: {
        name: 'Lab of both',
        members: {
          create: ['guest', 'editor'].map((who) => ({
            userId: as(who as Who).userId,
            role: 'MEMBER' as const,
          })),
        },
      },
    });
    const known = (await seenBy(as('guest'))).filter(({ person }) => person.email !== null);
    expect(known.map(({ person }) => person.name).toSorted()).toEqual(['editor', 'guest']);
    await database.organization.delete({ where: { id: shared.id } });
  });

  it('goes with a key as far as with its owner', async () => {
    const keyOf = (who: Who, organizationId: string) =>
      loadActor(database, {
        ...as(who),
        key: { id: as(who).userId, organizationId, projectId: null, scopes: ['read'] },
      });
    expect(JSON.stringify(await seenBy(await keyOf('viewer', world.organizationId)))).toContain('owner@lab');
    const guests = JSON.stringify(await seenBy(await keyOf('guest', world.organizationId)));
    expect(guests.match(/[\w-]+@lab\.example/g)).toEqual(['guest@lab.example']);
  });
});

describe('an API key', () => {
  const make = (who: Who, input: object) =>
    asking.mutate(
      as(who),
      'createApiKey',
      { organization: lab(), name: 'LIMS', scope: 'READ', ...input },
      'secret apiKey { id prefix scope project { name } expiresAt }',
    );
  const actorOf = (secret: string) =>
    readActor(database, asking.auth, new Headers({ authorization: `Bearer ${secret}` }));

  it('works until it is revoked, and is shown once', async () => {
    const made = await make('manager', { project: project(), idempotencyKey: 'k1' });
    expect(made.secret).toMatch(/^cmk_/);
    expect(made.apiKey).toMatchObject({ scope: 'READ', project: { name: 'Blasts' } });
    expect((await make('manager', { project: project(), idempotencyKey: 'k1' })).secret).toBeNull();
    expect((await actorOf(made.secret)).kind).toBe('key');
    const { kept } = { kept: await database.apiKey.findFirst({ where: { hash: made.secret } }) };
    expect(kept).toBeNull();
    await asking.mutate(as('manager'), 'revokeApiKey', { apiKey: made.apiKey.id }, 'apiKey { id }');
    expect((await actorOf(made.secret)).kind).toBe('anonymous');
  });

  it('is made by admins for the lab and by managers for their project', async () => {
    expect((await make('manager', {})).code).toBe('ACTION_FORBIDDEN');
    expect((await make('editor', { project: project() })).code).toBe('ACTION_FORBIDDEN');
    expect((await make('admin', {})).secret).toMatch(/^cmk_/);
    expect((await make('admin', { expiresInDays: 0 })).code).toBe('INPUT_INVALID');
  });

  it('ends with its owner’s place in the lab', async () => {
    const { secret } = await make('admin', { scope: 'MANAGE' });
    await asking.mutate(as('owner'), 'removeMember', { member: await member('admin') }, 'removedId');
    expect((await actorOf(secret)).kind).toBe('anonymous');
    const people = await asking.ask(
      as('owner'),
      `{ organization(id: "${lab()}") { members(first: 100) { edges { node { person { name email } } } } } }`,
    );
    expect(JSON.stringify(people)).not.toContain('admin@lab.example');
    const left = await asking.ask(
      as('owner'),
      `{ node(id: "${await member('admin')}") { ... on Member { removedAt person { name email } } } }`,
    );
    expect(left.node.person).toEqual({ name: expect.stringMatching(/^Person [0-9a-f]{4}$/), email: null });
  });
});

describe('a forgotten password', () => {
  it('is replaced through an admin’s link, which ends the old sessions', async () => {
    const { link } = await invite('owner', { email: 'eve@lab.example', role: 'MEMBER' });
    const first = { token: tokenOf(link), name: 'Eve', password: 'the old password' };
    await createInvitedAccount(database, asking.auth, first);
    const signIn = (password: string) =>
      asking.auth.api.signInEmail({ body: { email: 'eve@lab.example', password } });
    const { user } = await signIn('the old password');
    const reset = await asking.mutate(
      as('owner'),
      'createResetLink',
      { member: await memberOf(user.id) },
      'link expiresAt',
    );
    const body = { newPassword: 'the new password', token: tokenOf(reset.link) };
    await asking.auth.api.resetPassword({ body });
    await expect(asking.auth.api.resetPassword({ body })).rejects.toThrow();
    await expect(signIn('the old password')).rejects.toThrow();
    await signIn('the new password');
    expect(await database.session.count({ where: { userId: user.id } })).toBe(1);
  });

  it('makes one link for an idempotency key, and shows it once', async () => {
    const input = { member: await member('editor'), idempotencyKey: 'lost on its way' };
    const links = () => database.verification.count();
    const before = await links();
    const first = await asking.mutate(as('owner'), 'createResetLink', input, 'link expiresAt');
    expect(first.link).toContain('token=');
    const again = await asking.mutate(as('owner'), 'createResetLink', input, 'link expiresAt');
    expect(again).toMatchObject({ link: null, expiresAt: first.expiresAt });
    expect(await links()).toBe(before + 1);
  });

  it('is nobody’s business who does not manage all that the person may', async () => {
    // Somebody of another lab who has joined this one too.
    const input = { member: await member('other lab') };
    expect(await asking.mutate(as('owner'), 'createResetLink', input, 'link')).toMatchObject({
      code: 'MEMBER_OF_OTHER_LAB',
    });
    expect(
      await asking.mutate(as('manager'), 'createResetLink', { member: await member('viewer') }, 'link'),
    ).toMatchObject({ code: 'ACTION_FORBIDDEN' });
  });
});

describe('the inbox', () => {
  it('is one’s own', async () => {
    const inbox =
      '{ viewer { unreadNotifications notifications(first: 10) { edges { node { id text project { name } } } } } }';
    const { viewer } = await asking.ask(as('editor'), inbox);
    expect(viewer.unreadNotifications).toBe(1);
    expect(viewer.notifications.edges[0].node.text).toBe('First has ended.');
    expect(viewer.notifications.edges[0].node.project).toEqual({ name: 'Blasts' });
    const id = viewer.notifications.edges[0].node.id;
    expect(
      await asking.mutate(as('owner'), 'markNotificationsRead', { notifications: [id] }, 'count'),
    ).toMatchObject({ count: 0 });
    expect(await asking.mutate(as('editor'), 'markNotificationsRead', {}, 'count')).toMatchObject({
      count: 1,
    });
    expect((await asking.ask(as('editor'), inbox)).viewer.unreadNotifications).toBe(0);
  });
});

describe('the audit log', () => {
  const events = async (who: Who) => {
    const query = `query($lab: ID!, $project: ID) { auditEvents(organization: $lab, project: $project, first: 100) {
      edges { node { action by { name } byApiKey subjectType details } } } }`;
    const { auditEvents } = await asking.ask(as(who), query, { lab: lab(), project: project() });
    return auditEvents.edges.map((edge: { node: { action: string } }) => edge.node.action);
  };

  it('tells admins and managers what happened, and nobody else', async () => {
    expect(await events('manager')).toContain('setProjectRole');
    expect(await events('owner')).toContain('createApiKey');
    expect(await events('editor')).toEqual([]);
    expect(await events('borrower')).toEqual([]);
  });
});

describe('the operator of the server', () => {
  it('makes labs and sets quotas, and sees figures alone', async () => {
    const operator = await database.user.create({
      data: { name: 'op', email: 'op@server.example', operator: true },
    });
    const who = { userId: operator.id };
    const made = await asking.mutate(
      who,
      'createOrganization',
      { name: 'Lab C', ownerEmail: 'pi@lab-c.example' },
      'organizationId ownerLink',
    );
    const account = { token: tokenOf(made.ownerLink), name: 'Pi', password: 'ten letters' };
    const { email } = await createInvitedAccount(database, asking.auth, account);
    expect(email).toBe('pi@lab-c.example');
    const quota = { organization: made.organizationId, bytes: 1e9 };
    expect(await asking.mutate(who, 'setQuota', quota, 'quotaBytes')).toMatchObject({ quotaBytes: 1e9 });
    const { viewer } = await asking.ask(who, '{ viewer { servedLabs { name quotaBytes members images } } }');
    expect(viewer.servedLabs).toContainEqual({ name: 'Lab C', quotaBytes: 1e9, members: 1, images: 0 });
    await expect(asking.ask(who, `{ project(id: "${project()}") { name } }`)).rejects.toMatchObject({
      code: 'PROJECT_NOT_FOUND',
    });
  });

  it('makes a new link for an owner who has not come, and the old one ends', async () => {
    const operator = await database.user.create({
      data: { name: 'op 2', email: 'op-2@server.example', operator: true },
    });
    const who = { userId: operator.id };
    const made = await asking.mutate(
      who,
      'createOrganization',
      { name: 'Lab D', ownerEmail: 'pi@lab-d.exampel' },
      'organizationId ownerLink',
    );
    const owners = async () => {
      const { viewer } = await asking.ask(who, '{ viewer { servedLabs { name hasOwner } } }');
      return viewer.servedLabs.find(({ name }: { name: string }) => name === 'Lab D');
    };
    expect(await owners()).toEqual({ name: 'Lab D', hasOwner: false });
    const again = (input: object) =>
      asking.mutate(
        who,
        'inviteOwner',
        { organization: made.organizationId, ownerEmail: 'pi@lab-d.example', ...input },
        'ownerLink',
      );
    const { ownerLink } = await again({ idempotencyKey: 'lost' });
    expect(await again({ idempotencyKey: 'lost' })).toMatchObject({ ownerLink: null });
    expect(await again({ ownerEmail: 'nobody' })).toMatchObject({
      code: 'INPUT_INVALID',
      subject: 'ownerEmail',
    });
    const account = { name: 'Dee', password: 'ten letters' };
    const enter = (link: string) =>
      createInvitedAccount(database, asking.auth, { ...account, token: tokenOf(link) });
    await expect(enter(made.ownerLink)).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
    expect((await enter(ownerLink)).email).toBe('pi@lab-d.example');
    expect(await owners()).toEqual({ name: 'Lab D', hasOwner: true });

    const owner = await database.user.findUniqueOrThrow({ where: { email: 'pi@lab-d.example' } });
    const invited = await asking.mutate(
      { userId: owner.id },
      'invite',
      { organization: made.organizationId, email: 'new@lab-d.example', role: 'MEMBER' },
      'link',
    );
    expect(await again({})).toMatchObject({ code: 'ORGANIZATION_HAS_OWNER', subject: 'organization' });
    // Refused, it ends no link of the lab's own.
    expect((await enter(invited.link)).email).toBe('new@lab-d.example');
    const nowhere = encodeGlobalID('Organization', operator.id);
    expect(await again({ organization: nowhere })).toMatchObject({ code: 'ORGANIZATION_NOT_FOUND' });
    const asOwner = await asking.mutate(
      { userId: owner.id },
      'inviteOwner',
      { organization: made.organizationId, ownerEmail: 'me@lab-d.example' },
      'ownerLink',
    );
    expect(asOwner.code).toBe('OPERATOR_NEEDED');
  });

  it('makes one working link where two are asked for at once, or the old one is used meanwhile', async () => {
    const operator = await database.user.findUniqueOrThrow({ where: { email: 'op-2@server.example' } });
    const who = { userId: operator.id };
    const ask = (name: string, input: object, fields: string) => asking.mutate(who, name, input, fields);
    for (const round of [1, 2, 3]) {
      const ownerEmail = `pi-${round}@lab-e.example`;
      const made = await ask(
        'createOrganization',
        { name: `Lab E${round}`, ownerEmail },
        'organizationId ownerLink',
      );
      const input = { organization: made.organizationId, ownerEmail };
      const account = { name: 'Eda', password: 'ten letters' };
      const enter = (link: string) =>
        createInvitedAccount(database, asking.auth, { ...account, token: tokenOf(link) });
      const [first, second, joined] = await Promise.allSettled([
        ask('inviteOwner', input, 'ownerLink'),
        ask('inviteOwner', input, 'ownerLink'),
        enter(made.ownerLink),
      ]);
      const answers = [first, second].map((end) => (end.status === 'fulfilled' ? end.value : end.reason));
      if (joined.status === 'rejected') expect(joined.reason).toMatchObject({ code: 'INVITATION_INVALID' });
      for (const given of answers)
        expect(given.ownerLink ?? given.code).toMatch(/token=|ORGANIZATION_HAS_OWNER/);
      const { id } = decodeGlobalID(made.organizationId);
      const open = { organizationId: id, acceptedAt: null, revokedAt: null };
      const isIn = await database.member.count({ where: { organizationId: id } });
      expect((await database.invitation.count({ where: open })) + isIn).toBe(1);
    }
  });

  it('is not an owner', async () => {
    const input = { organization: lab(), bytes: 1 };
    expect((await asking.mutate(as('owner'), 'setQuota', input, 'quotaBytes')).code).toBe('OPERATOR_NEEDED');
    expect((await asking.ask(as('owner'), '{ viewer { servedLabs { name } } }')).viewer.servedLabs).toEqual(
      [],
    );
  });
});

describe('a project', () => {
  it('is renamed by its manager, and not over somebody else’s change', async () => {
    const rename = (name: string, expectedRevision: number) =>
      asking.mutate(
        as('manager'),
        'updateProject',
        { project: project(), expectedRevision, name },
        'project { name revision }',
      );
    expect(await rename('Blasts 2', 1)).toMatchObject({ project: { name: 'Blasts 2', revision: 2 } });
    expect(await rename('Blasts 3', 1)).toMatchObject({ code: 'PROJECT_CHANGED' });
    expect(await rename('', 2)).toMatchObject({ code: 'INPUT_INVALID' });
  });
});
