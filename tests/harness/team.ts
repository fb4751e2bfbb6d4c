import { randomUUID } from 'node:crypto';
import type { ADMIN, TestServer } from './server.ts';
import { signIn, type TestStaff } from './staff.ts';

const PASSWORD = 'a-password-of-their-own';

/** `account`: what they sign in with. */
type Member = TestStaff & { account: typeof ADMIN };

/** Somebody new on the team who is no admin, signed in, with a password that they chose. */
export async function signInMember(server: TestServer, staff: TestStaff): Promise<Member> {
  const email = `${randomUUID()}@example.com`;
  const { addStaff } = await staff.ask<{ addStaff: { oneTimePassword: string } }>(
    'mutation Add($input: AddStaffInput!) { addStaff(input: $input) { oneTimePassword } }',
    { input: { email, name: 'Maria Member' } },
  );
  const { oneTimePassword } = addStaff;
  const member = await signIn(server, { email, password: oneTimePassword });
  await member.ask(
    'mutation Change($current: String!, $new: String!) { changePassword(current: $current, new: $new) { account { mustChangePassword } } }',
    { current: oneTimePassword, new: PASSWORD },
  );
  return { ...member, account: { email, password: PASSWORD } };
}
