import { App } from 'cdk8s';
import { SiteChart } from './chart';

const app = new App();
new SiteChart(app, 'site');
app.synth();
