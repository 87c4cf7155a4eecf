/** A request that is answered with a status and the body that the host would give. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** An input that the endpoint does not take: 422 with the field, a sentence and the machine's word for it. */
export function badField(field: string, message: string, type: string, context: object = {}): Refusal {
  const detail = [{ loc: ['body', field], msg: message, type, ctx: context }];
  return new Refusal(422, { detail }, { 'x-fal-billable-units': '0' });
}

/** A failure of the machinery around the model. */
export function infrastructure(status: number, message: string, type: string): Refusal {
  return new Refusal(status, { detail: message, error_type: type }, { 'x-fal-error-type': type });
}
