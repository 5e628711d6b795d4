import type { HelpTexts } from './topics.ts';

export const HELP_PT: HelpTexts = {
  live: {
    shows: 'A imagem ao vivo. O anel fica verde quando uma captura passaria no controle de qualidade.',
    keys: {
      'ready.capture': 'captura uma imagem, como o botão do dermatoscópio.',
      patient: 'escolhe paciente e lesão para a próxima captura.',
      'nav.upload': 'analisa um arquivo de imagem.',
      'nav.log': 'mostra sessões anteriores.',
      'nav.menu': 'abre configurações, idioma, autoteste e informações.',
    },
    cases: [
      ['A imagem está preta ou não aparece', 'verifique o cabo da câmera e faça o autoteste.'],
      ['O botão não responde', 'capture pela tela e teste o botão no autoteste.'],
    ],
  },
  working: {
    shows: 'A imagem é capturada, verificada e analisada. Leva cerca de um segundo.',
    keys: {},
    cases: [['Outro toque no botão', 'é ignorado até esta captura terminar.']],
  },
  asking: {
    shows: 'Algo contraindica o modelo para esta lesão? O resultado vem depois da resposta.',
    keys: {
      'contra.none': 'registra que nenhuma se aplica.',
      'contra.done': 'registra as marcadas.',
      'contra.leave': 'registra que não houve resposta.',
    },
    cases: [['Não tem certeza', 'deixe sem resposta em vez de escolher “Nenhuma delas”.']],
  },
  opinion: {
    shows:
      'A sua própria opinião, antes de o equipamento mostrar o resultado. A lâmpada, o registro e outras telas também não o revelam.',
    keys: { 'opinion.leave': 'mostra o resultado e registra que não houve opinião.' },
    cases: [['Não consegue decidir', 'escolha “Incerta”: também é uma opinião.']],
  },
  retake: {
    shows: 'Por que a imagem foi recusada e como melhorá-la. Nada foi calculado com ela.',
    keys: { 'again.press': 'captura outra imagem na hora.', back: 'volta à imagem ao vivo.' },
    cases: [
      ['O mesmo motivo se repete', 'limpe a lente, use líquido de contato e fique um segundo sem se mover.'],
    ],
  },
  fault: {
    shows: 'O que falhou. Não há resultado e nada foi perdido.',
    keys: { 'again.press': 'tenta de novo.', back: 'volta à imagem ao vivo.' },
    cases: [['Falha de novo', 'faça o autoteste e mostre-o ao suporte técnico.']],
  },
  result: {
    shows:
      'Em cima, se o número está acima, no ou abaixo do limiar de encaminhamento. Embaixo, o número e as sete classes.',
    keys: {
      'result.save.agree': 'salva com a sua concordância.',
      'result.save.disagree': 'salva com a sua discordância.',
      'result.retake': 'captura de novo a mesma lesão.',
      'result.discard': 'mantido: descarta; a sessão fica no histórico.',
    },
    cases: [
      ['Está abaixo do limiar', 'não exclui um câncer: o seu exame decide.'],
      ['Quer ver mais', 'toque na imagem: tela cheia, contorno e mapa de calor.'],
    ],
  },
  withheld: {
    shows: 'O modelo não dá resposta para esta lesão. Isso não quer dizer que ela seja benigna.',
    keys: {
      'result.save.agree': 'salva a sessão.',
      'result.retake': 'captura outra imagem.',
      'result.discard': 'mantido: descarta; a sessão fica no histórico.',
    },
    cases: [['Outra imagem também fica sem resposta', 'avalie a lesão sem o modelo.']],
  },
  patient: {
    shows: 'De quem é a próxima captura: primeiro a referência, depois a lesão.',
    keys: {
      'patient.next': 'usa a referência digitada; uma leitura também.',
      'patient.yes': 'confirma o paciente.',
      'patient.new-lesion': 'registra uma lesão: local e rótulo.',
      'patient.clear': 'não escolhe ninguém; os dados permanecem.',
    },
    cases: [['A referência foi digitada errado', 'escolha o paciente e corrija a referência.']],
  },
  patients: {
    shows: 'Pacientes com suas lesões no corpo e suas visitas.',
    keys: {
      'patients.search': 'busca por parte da referência.',
      'patients.select': 'escolhe este paciente para a próxima captura.',
    },
    cases: [['Há um código de barras', 'leia o código: o paciente abre na hora.']],
  },
  'new-lesion': {
    shows: 'Onde fica a lesão e o seu rótulo, para encontrá-la na próxima visita.',
    keys: {},
    cases: [['Há várias no mesmo local', 'dê um rótulo a cada uma, por exemplo “A” e “B”.']],
  },
  lesion: {
    shows: 'Esta lesão ao longo do tempo.',
    keys: {
      'lesion.course': 'mostra o número de cada visita com o limiar.',
      'lesion.compare': 'alinha duas imagens e mede a mudança.',
    },
    cases: [
      ['Não há o que comparar', 'são necessárias duas capturas com imagem guardada.'],
      ['O número mudou', 'só isso não quer dizer que a lesão mudou.'],
    ],
  },
  assign: {
    shows: 'A que paciente pertence uma sessão. A mudança fica no registro de auditoria.',
    keys: { 'assign.yes': 'atribui a sessão a este paciente.' },
    cases: [['Era outro paciente', 'atribua de novo: pode fazê-lo quantas vezes precisar.']],
  },
  overview: {
    shows: 'A região ao redor da lesão, com a câmera sem contato ou de um arquivo. O modelo nunca a vê.',
    keys: {
      'overview.keep': 'salva-a com a lesão indicada.',
      'overview.again': 'descarta-a e mostra de novo a imagem ao vivo.',
      'overview.file': 'usa um arquivo de imagem em vez da câmera.',
    },
    cases: [
      ['O paciente não é o correto', 'cancele, selecione o correto e comece de novo.'],
      ['Ninguém a salva', 'ela é descartada: nada é armazenado antes de “Salvar”.'],
    ],
  },
  upload: {
    shows: 'Arquivos de imagem. Passam pela mesma verificação e análise que uma captura.',
    keys: {
      'upload.choose': 'abre um arquivo deste computador.',
      'drive.search': 'lê de novo o pen drive.',
      'drive.analyse': 'analisa a imagem escolhida.',
    },
    cases: [['Um arquivo é recusado', 'use PNG ou JPEG: imagem de perto de uma lesão, no máximo 20 MB.']],
  },
  log: {
    shows: 'Todas as sessões, a mais recente primeiro. Toque em uma para abri-la.',
    keys: {
      'log.search': 'busca por número, referência ou data.',
      'log.filter': 'mostra só uma parte.',
      'log.statistics': 'conta as mostradas.',
      'filter.last-month': 'mostra o mês anterior.',
    },
    cases: [['Falta uma sessão', 'limpe o filtro e veja a aba que mostra todas.']],
  },
  find: {
    shows: 'O que procurar no histórico. Escolhas de tipos diferentes valem todas juntas.',
    keys: { 'filter.show-all': 'mostra as encontradas.', 'filter.clear': 'mostra todas de novo.' },
    cases: [['Nada é encontrado', 'tire uma escolha tocando nela outra vez.']],
  },
  export: {
    shows: 'Grava em um pen drive as sessões mostradas no histórico.',
    keys: { 'export.csv': 'é para planilhas.', 'export.json': 'é para programas.' },
    cases: [['Vai retirar o pen drive', 'espere alguns segundos depois do aviso.']],
  },
  statistics: {
    shows: 'Contagem e acurácia das sessões mostradas no histórico.',
    keys: { 'statistics.table': 'mostra os valores em tabela.' },
    cases: [['Falta um valor', 'ainda há poucas lesões com avaliação ou histologia.']],
  },
  session: {
    shows: 'Uma sessão: resultado, achados, imagem, medidas e cada mudança.',
    keys: {
      'detail.findings': 'registra a sua avaliação e a histologia.',
      'detail.picture': 'mostra a imagem, se foi guardada.',
      'detail.journal': 'lista cada mudança com a hora.',
    },
    cases: [['É de outro paciente', 'toque no nome do paciente para atribuí-la.']],
  },
  menu: {
    shows: 'Páginas que não são necessárias para uma captura.',
    keys: {
      'settings.title': 'muda como o equipamento funciona; com PIN.',
      'setting.language': 'muda o idioma; com PIN.',
      'test.title': 'verifica cada parte do equipamento.',
      'nav.about': 'informa uso pretendido, limites e desempenho.',
    },
    cases: [['O PIN foi esquecido', 'o suporte técnico o redefine com o comando: kiosk pin reset']],
  },
  language: {
    shows: 'O idioma da tela. Muda na hora.',
    keys: {},
    cases: [['Não dá para escolher outro', 'a instalação o fixou com KIOSK_LANGUAGE.']],
  },
  guide: {
    shows: 'Configura um equipamento novo passo a passo. Depois de reiniciar, continua aqui.',
    keys: {
      'guide.next': 'segue, com o passo feito ou não.',
      'guide.end': 'fecha o assistente; o menu o abre de novo.',
    },
    cases: [['Uma configuração está fixada', 'a instalação a fixou; a variável é mostrada.']],
  },
  practice: {
    shows:
      'Capturas com imagens simuladas: um defeito, o que o equipamento indica e a solução. Nada é gravado nem calculado.',
    keys: {
      'guide.skip': 'vai para o próximo passo.',
      'practice.end': 'volta à imagem ao vivo da sua câmera.',
    },
    cases: [
      [
        'Chega um paciente',
        'encerre antes o treino: até lá não é possível escolher paciente nem analisar arquivos.',
      ],
    ],
  },
  about: {
    shows: 'Uso pretendido, limites, limiares e desempenho medido do modelo, e as versões do software.',
    keys: {},
    cases: [['Vai relatar um problema', 'informe as versões em “Software”.']],
  },
  'self-test': {
    shows: 'Cada parte do equipamento, os problemas primeiro, com a solução.',
    keys: {
      'test.again': 'verifica tudo de novo.',
      'test.details': 'acrescenta o que foi encontrado, em termos técnicos.',
      'test.button': 'espera um toque no botão; nada é capturado.',
      'test.lamp': 'faz piscar a luz do botão.',
    },
    cases: [['Uma parte falhou', 'siga o conselho ao lado e teste de novo.']],
  },
  settings: {
    shows: 'As configurações do suporte técnico. Cada mudança fica no registro de auditoria.',
    keys: { 'settings.lock': 'bloqueia; sair da página também.' },
    cases: [['Uma configuração não muda', 'a instalação a fixou; o nome aparece ao lado.']],
  },
  unlock: {
    shows: 'Pergunta quem você é antes de mostrar pacientes, histórico ou configurações.',
    keys: {},
    cases: [
      ['Você tem um crachá', 'faça a leitura dele.'],
      ['O seu PIN não é aceito', 'peça outro ao suporte técnico.'],
    ],
  },
  offline: {
    shows: 'A tela perdeu a conexão com o equipamento e a restabelece sozinha.',
    keys: {},
    cases: [['Fica assim por um minuto', 'desligue e ligue o equipamento; o que foi salvo não se perde.']],
  },
};
