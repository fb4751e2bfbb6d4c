/** The business that the demo's cast writes to. Made-up numbers and secrets, good for one machine only. */
export const demoBusiness = {
  wabaId: '104996122399160',
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '+30 21 1198 7654',
  appSecret: 'simulated-app-secret',
  accessToken: 'simulated-access-token',
  verifyToken: 'simulated-verify-token',
};
