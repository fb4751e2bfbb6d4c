import type { TestStaff } from './staff.ts';

export interface Customer {
  id: string;
  name: string;
  organization: string | null;
  contacts: { type: string; value: string; display: string; label: string | null }[];
}

export interface NewCustomer {
  name: string;
  organization?: string;
  contacts: { type: 'PHONE' | 'WHATSAPP' | 'EMAIL'; value: string; label?: string }[];
}

export const CREATE_CUSTOMER = /* GraphQL */ `
  mutation Create($input: CreateCustomerInput!) {
    createCustomer(input: $input) {
      customer { id name organization contacts { type value display label } }
    }
  }
`;

export async function createCustomer(staff: TestStaff, input: NewCustomer): Promise<Customer> {
  const data = await staff.ask<{ createCustomer: { customer: Customer } }>(CREATE_CUSTOMER, { input });
  return data.createCustomer.customer;
}

/** A customer with one WhatsApp number. */
export function customerWith(staff: TestStaff, name: string, whatsapp: string): Promise<Customer> {
  return createCustomer(staff, { name, contacts: [{ type: 'WHATSAPP', value: whatsapp }] });
}
