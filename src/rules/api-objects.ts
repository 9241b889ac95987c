import type { IConstruct } from 'constructs';

/** The mark of cdk8s on its API objects, the same in every copy of cdk8s. */
const API_OBJECT = Symbol.for('cdk8s.ApiObject');

/** An object of Kubernetes in a tree of constructs, as cdk8s makes it. */
export interface ApiObject extends IConstruct {
  readonly kind: string;
  readonly name: string;
  readonly metadata: { readonly namespace?: string };
  toJson(): unknown;
}

/** All objects of Kubernetes in an app. */
export function listApiObjects(app: IConstruct): ApiObject[] {
  return app.node.findAll().filter(isApiObject);
}

function isApiObject(construct: IConstruct): construct is ApiObject {
  return API_OBJECT in construct;
}
