/** A project: users who share data, with a namespace for what they compute. */
export interface Project {
  /** Name, as users see it; DNS label of at most 16 characters, as it is an AE title too. */
  readonly name: string;

  /** UUID that components know it by. */
  readonly id: string;

  /** Its namespace. */
  readonly namespace: string;
}

/** A project, and the password of the user that its tasks act by. */
export interface ProjectWithUser extends Project {
  readonly userPassword: string;
}

/** Project of what belongs to no other; the platform always has it. */
export const ADMIN_PROJECT = 'admin';
