import {
  ApiObject,
  App,
  Chart,
  ImplicitTokenResolver,
  type IResolver,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
  ResolutionContext,
} from 'cdk8s';
import { hasOwn } from '../private/own';

/** The resolvers of each app, in the order in which cdk8s asks them. */
const OF_CDK8S = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** cdk8s itself goes into what has this constructor, and writes what has a constructor of this name. */
const RESOLVED = { value: { name: 'Object' } };

/**
 * Resolves the data of an object at once, when cdk8s asks for it as a whole, with the answers of cdk8s' own resolvers.
 *
 * cdk8s looks up the app and asks each of its resolvers about each value. Here the app is looked up once, and text, numbers, lists
 * and maps are passed over, as none of the resolvers of cdk8s has anything to say about them. The whole is handed back as data that
 * cdk8s does not go into again. An app with other resolvers is left to cdk8s, and so are all should another release of cdk8s not take
 * the whole as it is handed back.
 */
export class WholeResolver implements IResolver {
  public resolve(context: ResolutionContext): void {
    const { key, value, obj } = context;
    if (key.length === 0 && isResolvable(value) && this.isAlone(App.of(obj)) && isTrusted()) {
      context.replaceValue(Object.defineProperty(resolveMap(value, obj), 'constructor', RESOLVED));
    }
  }

  /** Whether the app has no other resolvers but those of cdk8s. */
  private isAlone({ resolvers }: App): boolean {
    return (
      resolvers[0] === this &&
      resolvers.length === OF_CDK8S.length + 1 &&
      OF_CDK8S.every((type, index) => isExactly(type, resolvers[index + 1]!))
    );
  }
}

let isTaken: boolean | undefined;

/** Whether the cdk8s that is installed makes of data that is resolved at once what it makes of any data. */
function isTrusted(): boolean {
  if (isTaken === undefined) {
    isTaken = true; // for the object that is rendered now
    isTaken = renderSample([new WholeResolver()]) === renderSample([]);
  }
  return isTaken;
}

function renderSample(resolvers: IResolver[]): string | undefined {
  const spec = { list: [{ b: 1, a: Lazy.any({ produce: () => ({ z: 'z', y: [] }) }) }], empty: {} };
  const props = { apiVersion: 'v1', kind: 'Sample', spec };
  try {
    return JSON.stringify(new ApiObject(new Chart(new App({ resolvers }), 'sample'), 'sample', props).toJson());
  } catch {
    return undefined;
  }
}

function isExactly({ prototype }: (typeof OF_CDK8S)[number], resolver: IResolver): boolean {
  return Object.getPrototypeOf(resolver) === prototype && resolver.resolve === prototype.resolve;
}

/** Whether data is a map of which cdk8s takes no field for a sign of something else. */
function isResolvable(value: any): value is Record<string, unknown> {
  return value.constructor === Object && !('resolve' in value) && !('value' in value) && !hasOwn(value, '__proto__');
}

function resolveMap(map: Record<string, unknown>, obj: ApiObject): Record<string, unknown> {
  const resolved: Record<string, unknown> = {};
  for (const key of Object.keys(map)) {
    resolved[key] = resolveAny(map[key], obj);
  }
  return resolved;
}

/** Written in one piece, because what calls itself through others is compiled in many copies. */
function resolveAny(value: any, obj: ApiObject): unknown {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' ? resolveOdd(value, obj) : value;
  }
  if (typeof value.resolve === 'function') {
    return resolveOdd(value, obj);
  }
  if (value.constructor === Object) {
    const resolved: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      resolved[key] = resolveAny(value[key], obj);
    }
    return resolved;
  }
  return Array.isArray(value) && !('value' in value)
    ? value.map((item) => resolveAny(item, obj))
    : resolveOdd(value, obj);
}

/** A value of which the resolvers of cdk8s may have something to say. */
function resolveOdd(value: any, obj: ApiObject): unknown {
  const context = new ResolutionContext(obj, [], value);
  for (const { prototype } of OF_CDK8S) {
    prototype.resolve(context);
    if (context.replaced) {
      return resolveAny(context.replacedValue, obj);
    }
  }
  return Array.isArray(value) ? value.map((item) => resolveAny(item, obj)) : value;
}
